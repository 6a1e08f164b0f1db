package penstock.exec

import org.apache.spark.rdd.RDD
import org.apache.spark.sql.catalyst.InternalRow
import org.apache.spark.sql.catalyst.expressions._
import org.apache.spark.sql.catalyst.expressions.codegen.{CodegenContext, ExprCode, JavaCode}
import org.apache.spark.sql.catalyst.plans.physical.{Partitioning, UnknownPartitioning}
import org.apache.spark.sql.execution._
import org.apache.spark.sql.execution.metric.{SQLMetric, SQLMetrics}
import org.apache.spark.sql.types.IntegerType

import penstock.machine.Sides

/** Numbers rows by the slice of time they lie in. With its slice in the key, each slice of a key is a key of its own,
  * so one hot key, or none at all, keeps every core busy.
  *
  * A left row lies in one slice, a right row in as many as need it ([[Placing]]). Rows of keys that are not cut lie in
  * slice 0.
  *
  * Where no key is cut, which the subquery tells before code is generated, the number is a constant of the code around
  * it: most joins have no hot key, and numbering each row by itself was a twentieth of their time (2 M x 10 M rows).
  *
  * @param cuts
  *   a subquery
  */
final case class SliceExec(
    keys: Seq[Expression],
    time: Attribute,
    cuts: Expression,
    slice: Attribute,
    placing: Placing,
    child: SparkPlan
) extends UnaryExecNode
    with CodegenSupport {

  override def output: Seq[Attribute] = child.output :+ slice

  override def producedAttributes: AttributeSet = AttributeSet(slice)

  override lazy val metrics: Map[String, SQLMetric] = Map(
    "slices" -> SQLMetrics.createMetric(sparkContext, "slices of time"),
    "hotKeys" -> SQLMetrics.createMetric(sparkContext, "keys whose time is cut (0: all)"),
    "cutRows" -> SQLMetrics.createMetric(sparkContext, "rows of these keys"),
    "haloRows" -> SQLMetrics.createMetric(sparkContext, "rows in further slices")
  )

  /** Whatever the child's is: a hot key's slices are to part. */
  override def outputPartitioning: Partitioning = UnknownPartitioning(child.outputPartitioning.numPartitions)

  /** What the subquery found, which is done before code is generated and before rows are asked for. */
  private lazy val found: Cuts = {
    val read = Cuts.read(cuts.eval().asInstanceOf[Array[Byte]])
    longMetric("slices").set(read.slices.toLong)
    longMetric("hotKeys").set(read.hot.length.toLong)
    val told = Seq("slices", "hotKeys").map(longMetric)
    SQLMetrics.postDriverMetricUpdates(sparkContext, sparkContext.getLocalProperty(SQLExecution.EXECUTION_ID_KEY), told)
    read
  }

  override protected def doExecute(): RDD[InternalRow] = numbered(child.execute())

  private def numbered(rows: RDD[InternalRow]): RDD[InternalRow] = {
    val (at, columns, by) = (found, child.output, keys)
    val place = columns.indexWhere(_.exprId == time.exprId)
    val (cutRows, haloRows) = (longMetric("cutRows"), longMetric("haloRows"))
    val timeType = time.dataType
    val places: Slicer => Iterator[UnsafeRow] => Iterator[InternalRow] = placing match {
      case Placing.Once => s => s.lefts(_)
      case Placing.Haloed(merge, left, leftTime) =>
        val sides = Sides(left, columns, leftTime, time)
        val halo = merge.halo
        val maker = HaloMaker(halo.earliest, halo.latest, halo.before.map(_(sides)), halo.after.map(_(sides)))
        s => s.rights(_, maker, haloRows)
      case Placing.Home(end) =>
        val at = columns.indexWhere(_.exprId == end.exprId)
        s => s.homes(_, at)
      case Placing.Met(end, gap) =>
        val at = columns.indexWhere(_.exprId == end.exprId)
        s => s.met(_, at, gap, haloRows)
    }
    rows.mapPartitions { each =>
      val slicer =
        new Slicer(at, UnsafeProjection.create(by, columns), columns.map(_.dataType), place, timeType, cutRows)
      places(slicer)(each.asInstanceOf[Iterator[UnsafeRow]])
    }
  }

  /** No column need be at hand: either none is looked at, or whole rows are. */
  override def usedInputs: AttributeSet = AttributeSet.empty

  override def inputRDDs(): Seq[RDD[InternalRow]] =
    if (found.any) Seq(numbered(apart.execute())) else child.asInstanceOf[CodegenSupport].inputRDDs()

  /** What is below, as a stage of its own. */
  private def apart: SparkPlan = child match {
    case input: InputAdapter => input
    case generated => WholeStageCodegenExec(generated)(codegenStageId = 0)
  }

  override protected def doProduce(ctx: CodegenContext): String =
    if (!found.any) child.asInstanceOf[CodegenSupport].produce(ctx, this)
    else {
      val rows = ctx.addMutableState("scala.collection.Iterator", "sliced", v => s"$v = inputs[0];", forceInline = true)
      val row = ctx.freshName("row")
      s"""
         |while ($rows.hasNext()) {
         |  InternalRow $row = (InternalRow) $rows.next();
         |  ${consume(ctx, null, row)}
         |  $shouldStopCheckCode
         |}
       """.stripMargin
    }

  override def doConsume(ctx: CodegenContext, input: Seq[ExprCode], row: ExprCode): String =
    consume(ctx, input :+ ExprCode.forNonNullValue(JavaCode.literal("0", IntegerType)))

  override protected def withNewChildInternal(newChild: SparkPlan): SliceExec = copy(child = newChild)
}

package penstock.exec

import java.util.UUID

import org.apache.spark.rdd.RDD
import org.apache.spark.sql.catalyst.InternalRow
import org.apache.spark.sql.catalyst.expressions._
import org.apache.spark.sql.catalyst.expressions.codegen._
import org.apache.spark.sql.catalyst.expressions.codegen.Block._
import org.apache.spark.sql.catalyst.plans.physical._
import org.apache.spark.sql.execution.{BinaryExecNode, CodegenSupport, SparkPlan}
import org.apache.spark.sql.execution.metric.{SQLMetric, SQLMetrics}
import org.apache.spark.sql.types._

import penstock.machine.{Keep, Merge, Passes, Sides}
import penstock.time.TimeAxis

/** Looks left rows up, as they come, among right rows that every task has whole: nothing is exchanged and nothing
  * sorted but the right side, once.
  *
  * Where the answer depends on nothing of a left row but its key and its time, it is part of the generated code around
  * it. Rows made and copied between operators were half of a join's time (10 M rows looked up among 200 000).
  */
final case class TimeSeekExec(
    leftKeys: Seq[Expression],
    rightKeys: Seq[Expression],
    leftTime: Attribute,
    rightTime: Attribute,
    merge: Expression,
    output: Seq[Attribute],
    left: SparkPlan,
    right: SparkPlan
) extends BinaryExecNode
    with CodegenSupport {

  private def spec: Merge = merge.asInstanceOf[Merge]

  private def sides: Sides = Sides(left.output, right.output, leftTime, rightTime)

  private def seeking: Passes.Seeking =
    TimeSeekExec.seeking(spec).getOrElse(throw new IllegalStateException(s"nothing of $spec can be looked up"))

  override lazy val metrics: Map[String, SQLMetric] = Map(
    "numOutputRows" -> SQLMetrics.createMetric(sparkContext, "number of output rows"),
    "broadcast" -> SQLMetrics.createMetric(sparkContext, "strategy: tasks with the right side broadcast"),
    "sought" -> SQLMetrics.createMetric(sparkContext, "strategy: tasks that look rows up")
  )

  override def requiredChildDistribution: Seq[Distribution] = {
    val time = sides.ordinal(right.output, rightTime)
    Seq(UnspecifiedDistribution, BroadcastDistribution(TimeOrderedMode(time, rightTime.dataType, spec.reverse)))
  }

  override def outputPartitioning: Partitioning = left.outputPartitioning

  /** Left rows leave as they came. */
  override def outputOrdering: Seq[SortOrder] = left.outputOrdering

  private def task: SeekTask = SeekTask(
    sides,
    leftKeys,
    rightKeys,
    spec.nullsEqual,
    seeking,
    right.executeBroadcast[Array[InternalRow]](),
    UUID.randomUUID().toString,
    longMetric("broadcast"),
    longMetric("sought")
  )

  override protected def doExecute(): RDD[InternalRow] = {
    val here = task
    val (columns, way, made) = (sides, spec, output)
    val count = longMetric("numOutputRows")
    left.execute().mapPartitions { rows =>
      val seek = here.get()
      val emit = Emit.kept(way, columns, made, columns.left.size)
      Emit.counted(
        rows.asInstanceOf[Iterator[UnsafeRow]].map(row => emit(row, seek.find(row))).filter(_ != null),
        count
      )
    }
  }

  override def supportCodegen: Boolean = seeking.byTime && TimeAxis(rightTime.dataType, None).whole

  override def inputRDDs(): Seq[RDD[InternalRow]] = left.asInstanceOf[CodegenSupport].inputRDDs()

  override def needCopyResult: Boolean = left.asInstanceOf[CodegenSupport].needCopyResult

  override def usedInputs: AttributeSet = AttributeSet(leftKeys :+ leftTime)

  override protected def doProduce(ctx: CodegenContext): String =
    left.asInstanceOf[CodegenSupport].produce(ctx, this)

  override def doConsume(ctx: CodegenContext, input: Seq[ExprCode], row: ExprCode): String = {
    val matched = ctx.freshName("matched")
    val search = seekCode(ctx, input, matched)
    val count = metricTerm(ctx, "numOutputRows")
    val (asked, columns) = spec.keep match {
      case Keep.All => ("true", input ++ rightCode(ctx, matched, outer = true))
      case Keep.Matched => (s"$matched != null", input ++ rightCode(ctx, matched, outer = false))
      case Keep.Semi => (s"$matched != null", input)
      case Keep.Anti => (s"$matched == null", input)
    }
    s"""
       |$search
       |if ($asked) {
       |  $count.add(1);
       |  ${consume(ctx, columns)}
       |}
     """.stripMargin
  }

  /** The right row that answers, or null. */
  private def seekCode(ctx: CodegenContext, input: Seq[ExprCode], matched: String): String = {
    // Nothing of ours is named in the code; see [[Seek]].
    val number = lone(leftKeys) && leftKeys.head.dataType != StringType
    val byKey = if (number) "java.util.function.LongFunction" else "java.util.function.Function"
    val opened = ctx.addReferenceObj("seekTask", task, "java.util.function.Supplier")
    val seek = ctx.addMutableState(byKey, "seek", v => s"$v = ($byKey) $opened.get();", forceInline = true)
    val found = ctx.freshName("found")
    ctx.INPUT_ROW = null
    ctx.currentVars = input
    val time = BindReferences.bindReference[Expression](leftTime, left.output).genCode(ctx)
    val keys = BindReferences.bindReferences(leftKeys, left.output)
    // A row for the key is made only where the key is more than one value: it costs as much as the search.
    val key =
      if (lone(leftKeys)) keys.head.genCode(ctx)
      else GenerateUnsafeProjection.createCode(ctx, keys).copy(isNull = FalseLiteral)
    s"""
       |${time.code}
       |UnsafeRow $matched = null;
       |if (!${time.isNull}) {
       |  ${key.code}
       |  if (!${key.isNull}) {
       |    java.util.function.LongFunction $found = (java.util.function.LongFunction) $seek.apply(${key.value});
       |    if ($found != null) {
       |      $matched = (UnsafeRow) $found.apply((long) ${time.value});
       |    }
       |  }
       |}
     """.stripMargin
  }

  /** Whether the key is one value that can be searched for as it is; null is such a value where it equals null. */
  private def lone(keys: Seq[Expression]): Boolean = keys.map(k => k.dataType -> k.nullable) match {
    case Seq((StringType | LongType | TimestampType | TimestampNTZType, nullable)) => !(nullable && spec.nullsEqual)
    case _ => false
  }

  private def rightCode(ctx: CodegenContext, matched: String, outer: Boolean): Seq[ExprCode] = {
    ctx.currentVars = null
    ctx.INPUT_ROW = matched
    right.output.zipWithIndex.map { case (a, i) =>
      val read = BoundReference(i, a.dataType, a.nullable).genCode(ctx)
      if (!outer) read
      else {
        val isNull = ctx.freshName("isNull")
        val value = ctx.freshName("value")
        val javaType = CodeGenerator.javaType(a.dataType)
        val code = code"""
          |boolean $isNull = true;
          |$javaType $value = ${CodeGenerator.defaultValue(a.dataType)};
          |if ($matched != null) {
          |  ${read.code}
          |  $isNull = ${read.isNull};
          |  $value = ${read.value};
          |}
         """.stripMargin
        ExprCode(code, JavaCode.isNullVariable(isNull), JavaCode.variable(value, a.dataType))
      }
    }
  }

  override def simpleStringWithNodeId(): String = simpleString(25)

  override def simpleString(maxFields: Int): String =
    Explained.line("TimeSeek", spec.title, spec.keep, leftTime -> rightTime, leftKeys -> rightKeys, spec) +
      s", strategy: $strategy"

  override def verboseStringWithOperatorId(): String =
    Explained.verbose(formattedNodeName, simpleString(25), strategy)

  private def strategy: String = "right side broadcast, left rows looked up in no order"

  override protected def withNewChildrenInternal(newLeft: SparkPlan, newRight: SparkPlan): TimeSeekExec =
    copy(left = newLeft, right = newRight)
}

object TimeSeekExec {

  /** How a merge's left rows are looked up, where they can be. */
  private[penstock] def seeking(merge: Merge): Option[Passes.Seeking] = merge.passes match {
    case once: Passes.Once => once.seeking
    case _ => None
  }
}

package penstock.cases

import org.apache.spark.sql.{DataFrame, Row, SparkSession}
import org.apache.spark.sql.types.MapType
import penstock.SharedSession
import penstock.door.Calls

import scala.util.control.NonFatal

/** Runs the checks of a case file through the Scala door. */
final class CaseFilesRun(spark: SparkSession) {

  /** What is not as the file says, one text per check that failed. */
  def differences(file: CaseFile): Seq[String] = SharedSession.under(spark, file.conf) {
    file.inputs.foreach(create)
    try file.checks.flatMap(c => verify(c).map(wrong => s"${file.name}:${c.line} ${c.title}\n$wrong"))
    finally file.inputs.foreach(i => spark.catalog.dropTempView(i.name))
  }

  private def create(input: Input): Unit = input match {
    case t: Table => spark.sql(t.sql).createOrReplaceTempView(t.name)
    case View(name, sql) => spark.sql(s"CREATE OR REPLACE TEMPORARY VIEW $name AS $sql")
    case Stream(name) => spark.readStream.format("rate").load().createOrReplaceTempView(name)
  }

  private def verify(check: Check): Option[String] = check.outcome match {
    case Expect(table) => difference(answer(spark.sql(table.sql)), answer(result(check)))
    case outcome =>
      try Some(s"ran, with ${answer(result(check))._2.size} rows")
      catch { case NonFatal(e) => misses(outcome, messages(e)) }
  }

  private def result(check: Check): DataFrame = {
    val last = check.steps.foldLeft(Option.empty[DataFrame]) { (_, step) =>
      val frame = step match {
        case Query(sql) => spark.sql(sql)
        case call: Call => called(call)
      }
      if (step.result != "result" || check.above.isDefined) frame.createOrReplaceTempView(step.result)
      Some(frame)
    }
    check.above.map(spark.sql).getOrElse(last.get)
  }

  /** Arguments are read by Spark itself, so an interval is a java.time.Duration and 1.5 a decimal. */
  private def called(call: Call): DataFrame = {
    val tables = call.tables.map(t => if (t.startsWith("(")) spark.sql(t.drop(1).dropRight(1)) else spark.table(t))
    val values: Map[String, Any] =
      if (call.arguments.isEmpty) Map.empty
      else {
        val query = spark.sql(call.arguments.map { case (n, v) => s"$v AS $n" }.mkString("SELECT ", ", ", ""))
        // A map of Scala's forgets the order of its entries, a list of pairs does not.
        val listed = query.schema.fields.toSeq.map { f =>
          if (f.dataType.isInstanceOf[MapType]) s"map_entries(`${f.name}`)" else s"`${f.name}`"
        }
        val row = query.selectExpr(listed: _*).head()
        call.arguments.indices.map(i => call.arguments(i)._1 -> pairs(row.get(i))).toMap
      }
    Calls.frame(spark, call.function.stripPrefix("penstock_"), tables, values)
  }

  private def pairs(value: Any): Any = value match {
    case entries: scala.collection.Seq[_] => entries.map { case Row(k, v) => (k, v); case other => other }
    case other => other
  }

  private type Answer = (Seq[(String, String)], Map[Seq[String], Int])

  /** Names and types in order; rows as Spark's own text of each value, counted, in any order. */
  private def answer(frame: DataFrame): Answer = {
    val schema = frame.schema.fields.toSeq.map(f => f.name -> f.dataType.simpleString)
    val plain = frame.toDF(schema.indices.map(i => s"c$i"): _*)
    // bytes need not be text
    val shown = schema.zipWithIndex.map { case ((_, t), i) =>
      if (t == "binary") s"hex(c$i)" else s"CAST(c$i AS STRING)"
    }
    val rows = plain.selectExpr(shown: _*).collect()
    val texts = rows.toSeq.map(r => schema.indices.map(i => if (r.isNullAt(i)) "null" else s"'${r.getString(i)}'"))
    (schema, texts.groupBy(identity).map { case (k, v) => k -> v.size })
  }

  private def difference(expected: Answer, got: Answer): Option[String] = {
    def only(a: Answer, b: Answer): Iterable[Seq[String]] =
      a._2.collect { case (row, n) if n > b._2.getOrElse(row, 0) => row }
    val lines =
      (if (expected._1 == got._1) Nil else Seq(s"columns expected: ${expected._1}", s"columns got:      ${got._1}")) ++
        only(expected, got).map(r => s"missing:    ${r.mkString(", ")}") ++
        only(got, expected).map(r => s"unexpected: ${r.mkString(", ")}")
    if (lines.isEmpty) None else Some(lines.mkString("\n"))
  }

  private def misses(outcome: Outcome, message: String): Option[String] = {
    val wanted = outcome match {
      case Refuse(code, fragments) => s"[penstock.$code]" +: fragments
      case Fails(fragments) => fragments
      case Expect(_) => Nil
    }
    val missing = wanted.filterNot(message.contains(_))
    if (missing.isEmpty) None else Some(s"the message lacks ${missing.mkString(", ")}: ${message.take(1500)}")
  }

  /** An error's message and those of its causes: a failure in a task comes wrapped. */
  private def messages(e: Throwable): String =
    Iterator.iterate(e)(_.getCause).takeWhile(_ != null).take(5).map(_.getMessage).mkString("\n")
}

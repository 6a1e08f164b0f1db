package penstock

import org.apache.spark.sql.{DataFrame, SparkSession}
import org.apache.spark.sql.penstockinternals.RefusalException
import org.scalatest.{BeforeAndAfterAll, Suite}

/** The one Spark session of the whole run, made when the first suite asks for it. */
trait SharedSession extends BeforeAndAfterAll { this: Suite =>

  lazy val spark: SparkSession = SharedSession.session

  override protected def beforeAll(): Unit = {
    super.beforeAll()
    SparkSession.setDefaultSession(SharedSession.session)
    SparkSession.setActiveSession(SharedSession.session)
  }

  /** Runs the body under settings, and puts back what they were. */
  def under[A](conf: (String, String)*)(body: => A): A = SharedSession.under(spark, conf)(body)

  /** Rows as texts in the order of the texts, which is all that most comparisons need. */
  def rows(frame: DataFrame): Seq[String] = frame.collect().map(_.mkString(" ")).toSeq.sorted

  /** The codes of the refusal that the body ends in, and its text. */
  def refusal(body: => Any): (Seq[String], String) =
    try throw new AssertionError(s"was not refused, but gave $body")
    catch {
      case e: RefusalException =>
        ("""\[penstock\.([a-z-]+)\]""".r.findAllMatchIn(e.getMessage).map(_.group(1)).toList, e.getMessage)
    }
}

object SharedSession {
  lazy val session: SparkSession = SparkSession
    .builder()
    .master("local[2]")
    .appName("penstock-tests")
    .config("spark.ui.enabled", "false")
    .config("spark.log.level", "ERROR")
    .config("spark.sql.shuffle.partitions", "2")
    .config("spark.sql.session.timeZone", "UTC")
    .config("spark.sql.warehouse.dir", "target/spark-warehouse")
    .getOrCreate()

  /** Runs the body under settings of a session, and puts back what they were. */
  def under[A](session: SparkSession, conf: Iterable[(String, String)])(body: => A): A = {
    val before = conf.map(_._1).toSeq.map(k => k -> session.conf.getOption(k))
    conf.foreach { case (k, v) => session.conf.set(k, v) }
    try body
    finally before.foreach { case (k, v) => v.fold(session.conf.unset(k))(session.conf.set(k, _)) }
  }
}

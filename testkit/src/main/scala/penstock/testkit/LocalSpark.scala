package penstock.testkit

import org.apache.spark.sql.SparkSession
import org.scalatest.{BeforeAndAfterAll, Suite}

/** One small, warm, local session for all suites of a run: mix it in, and use `spark`.
  *
  * {{{
  * class DelaysSuite extends AnyFunSuite with LocalSpark
  * }}}
  */
trait LocalSpark extends BeforeAndAfterAll { this: Suite =>

  lazy val spark: SparkSession = LocalSpark.session

  override protected def beforeAll(): Unit = {
    super.beforeAll()
    SparkSession.setDefaultSession(spark)
    SparkSession.setActiveSession(spark)
  }

  /** Runs the body under settings of the session, and puts back what they were. */
  def under[A](settings: (String, String)*)(body: => A): A = {
    val before = settings.map { case (key, _) => key -> spark.conf.getOption(key) }
    settings.foreach { case (key, value) => spark.conf.set(key, value) }
    try body
    finally before.foreach { case (key, value) => value.fold(spark.conf.unset(key))(spark.conf.set(key, _)) }
  }
}

/** The session: two cores, two shuffle partitions, UTC, no user interface. One that runs already is taken. */
object LocalSpark {
  lazy val session: SparkSession = SparkSession
    .builder()
    .master("local[2]")
    .appName("penstock-testkit")
    .config("spark.ui.enabled", "false")
    .config("spark.sql.shuffle.partitions", "2")
    .config("spark.sql.session.timeZone", "UTC")
    .getOrCreate()
}

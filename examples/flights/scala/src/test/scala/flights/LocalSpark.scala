package flights

import java.nio.file.{Files, Path}

import org.apache.spark.sql.SparkSession
import org.scalatest.Suite

/** One small local session for all suites. */
trait LocalSpark { this: Suite =>

  lazy val spark: SparkSession = LocalSpark.session

  def withZone[A](zone: String)(body: => A): A = {
    val before = spark.conf.get("spark.sql.session.timeZone")
    spark.conf.set("spark.sql.session.timeZone", zone)
    try body
    finally spark.conf.set("spark.sql.session.timeZone", before)
  }

  def withFolder[A](body: Path => A): A = {
    val folder = Files.createTempDirectory("flights")
    try body(folder)
    finally Files.walk(folder).sorted(java.util.Comparator.reverseOrder[Path]()).forEach(p => Files.delete(p))
  }
}

object LocalSpark {
  private lazy val session = SparkSession
    .builder()
    .master("local[2]")
    .appName("flights tests")
    .config("spark.sql.shuffle.partitions", "2")
    .config("spark.sql.session.timeZone", "UTC")
    .config("spark.ui.enabled", "false")
    .getOrCreate()
}

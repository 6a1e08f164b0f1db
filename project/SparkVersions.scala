/** The one table of Spark lines that Penstock serves; everything else (build, Makefile, CI) reads it from here.
  *
  * A line is compiled against the oldest patch it serves, so that no newer method slips in, and tested on a recent one.
  */
object SparkVersions {

  /** One JAR.
    *
    * @param line
    *   Spark's major.minor, as users name it
    * @param scala
    *   full Scala version the JAR is compiled with
    * @param oldest
    *   the patch compiled against
    * @param tested
    *   the patch the suites run on
    * @param release
    *   the oldest Java the JAR runs on (`-release`)
    * @param shims
    *   source folders beside `scala/src/main/scala`, each with one `SparkInternals` part
    * @param connect
    *   the patch of spark-connect on Maven that a Connect server of this line starts with; empty where PySpark carries
    *   it
    * @param depth
    *   "full": every suite; "smoke": compiled and called through each door
    */
  final case class Line(
      line: String,
      scala: String,
      oldest: String,
      tested: String,
      release: String,
      shims: Seq[String],
      connect: String,
      depth: String
  ) {
    def scalaBinary: String = scala.split('.').take(2).mkString(".")

    /** Names the JAR, the target folder and the CI job: `spark-4.1_2.13`. */
    def id: String = s"spark-${line}_$scalaBinary"
  }

  val all: Seq[Line] = Seq(
    Line("3.5", "2.12.18", "3.5.0", "3.5.9", "8", Seq("scala-spark-3.5"), "3.5.7", "full"),
    Line("3.5", "2.13.8", "3.5.0", "3.5.9", "8", Seq("scala-spark-3.5"), "3.5.7", "smoke"),
    Line("4.0", "2.13.16", "4.0.0", "4.0.4", "17", Seq("scala-spark-4"), "", "full"),
    Line("4.1", "2.13.16", "4.1.0", "4.1.3", "17", Seq("scala-spark-4"), "", "full"),
    Line("4.2", "2.13.16", "4.2.0", "4.2.0", "17", Seq("scala-spark-4"), "", "full")
  )

  val default: Line = all.find(_.line == "4.1").get

  /** The line that `-Dspark.version=` (and, for 3.5, `-Dscala.binary=`) names; the default line without them. */
  def chosen: Line = {
    val spark = sys.props.getOrElse("spark.version", default.line)
    val binary = sys.props.get("scala.binary")
    all
      .find(l => l.line == spark && binary.forall(_ == l.scalaBinary))
      .getOrElse(
        sys.error(
          s"no Spark line '$spark'${binary.fold("")(b => s" on Scala $b")}; there are: ${all.map(_.id).mkString(", ")}"
        )
      )
  }

  /** The table as JSON, for the Makefile and the CI matrix. */
  def json: String = all
    .map { l =>
      s"""{"id":"${l.id}","line":"${l.line}","scala":"${l.scalaBinary}","scala_version":"${l.scala}",""" +
        s""""oldest":"${l.oldest}","tested":"${l.tested}","release":"${l.release}","connect":"${l.connect}","depth":"${l.depth}","default":${l == default}}"""
    }
    .mkString("[", ",", "]")
}

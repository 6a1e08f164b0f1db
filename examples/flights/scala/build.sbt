// The project's own transforms and its main, one JAR per Spark line: -Dspark.version=3.5|4.0|4.1|4.2 (default 4.1), for
// 3.5 also -Dscala.binary=2.12|2.13. Penstock's JAR of the same line is given by -Dpenstock.jar=PATH.

// line -> Spark, Scala, the oldest Java it runs on
val lines = Map(
  "spark-3.5_2.12" -> (("3.5.9", "2.12.18", "8")),
  "spark-3.5_2.13" -> (("3.5.9", "2.13.8", "8")),
  "spark-4.0_2.13" -> (("4.0.4", "2.13.16", "17")),
  "spark-4.1_2.13" -> (("4.1.3", "2.13.16", "17")),
  "spark-4.2_2.13" -> (("4.2.0", "2.13.16", "17"))
)

val spark = sys.props.getOrElse("spark.version", "4.1")
val line = s"spark-${spark}_" + sys.props.getOrElse("scala.binary", if (spark == "3.5") "2.12" else "2.13")
val versions =
  lines.getOrElse(line, sys.error(s"no line $line; there are: ${lines.keys.toSeq.sorted.mkString(", ")}"))

def penstockJar: File =
  file(sys.props.getOrElse("penstock.jar", sys.error("name Penstock's JAR of this Spark line: -Dpenstock.jar=PATH")))

lazy val flights = (project in file("."))
  .settings(
    name := "flights",
    organization := "flights",
    version := "0.1.0",
    scalaVersion := versions._2,
    target := baseDirectory.value / "target" / line,
    scalacOptions ++= Seq("-deprecation", "-feature", "-unchecked", "-release", versions._3, "-encoding", "UTF-8"),
    // the JAR's name tells its line, as Penstock's does: flights-spark-4.1_2.13-0.1.0.jar
    artifactName := { (_, module, artifact) => s"flights-$line-${module.revision}.${artifact.extension}" },
    Compile / unmanagedJars += Attributed.blank(penstockJar),
    libraryDependencies ++= Seq(
      "org.apache.spark" %% "spark-sql" % versions._1 % Provided,
      "org.scalatest" %% "scalatest" % "3.2.19" % Test
    ),
    Test / fork := true,
    Test / javaOptions ++= Seq("-Xmx1500m", "-Djava.awt.headless=true") ++ sparkOnJdk17,
    // times on the console, and JUnit files for whoever counts
    Test / testOptions += Tests
      .Argument(TestFrameworks.ScalaTest, "-oD", "-u", sys.props.getOrElse("test.reports", s"${target.value}/reports")),
    Test / parallelExecution := false
  )

// What spark-submit passes to a JDK 17.
lazy val sparkOnJdk17 =
  Seq("lang", "lang.invoke", "lang.reflect", "io", "net", "nio", "util", "util.concurrent", "util.concurrent.atomic")
    .map(p => s"java.base/java.$p")
    .++(Seq("nio.ch", "nio.cs", "util.calendar").map(p => s"java.base/sun.$p"))
    .map(p => s"--add-opens=$p=ALL-UNNAMED")

// A team's own project, as one would have it outside of this repository: Spark, the Penstock JAR, nothing else.
//   sbt -Dspark.version=4.1 -Dpenstock.jar=/path/to/penstock-spark-4.1_2.13-0.1.0.jar package

val spark = sys.props.getOrElse("spark.version", "4.1")
val binary = sys.props.getOrElse("scala.binary", if (spark == "3.5") "2.12" else "2.13")

name := "team-transforms"
version := "1.0.0"
scalaVersion := Map("3.5_2.12" -> "2.12.18", "3.5_2.13" -> "2.13.8").getOrElse(s"${spark}_$binary", "2.13.16")
scalacOptions ++= Seq("-deprecation", "-feature", "-release", if (spark == "3.5") "8" else "17")
target := baseDirectory.value / "target" / s"spark-${spark}_$binary"

libraryDependencies += "org.apache.spark" %% "spark-sql" % s"$spark.0" % Provided
Compile / unmanagedJars ++= sys.props.get("penstock.jar").map(file).toSeq.classpath
artifactName := { (_, module, artifact) => s"${artifact.name}-spark-${spark}_$binary-${module.revision}.${artifact.extension}" }

// One Spark line per sbt run: -Dspark.version=3.5|4.0|4.1|4.2 (default 4.1), for 3.5 also -Dscala.binary=2.12|2.13.
// The table of lines is project/SparkVersions.scala.

val line = SparkVersions.chosen

ThisBuild / version := IO.read(file("VERSION")).trim
ThisBuild / organization := "io.penstock"
ThisBuild / scalaVersion := line.scala
ThisBuild / licenses := Seq("Apache-2.0" -> url("https://www.apache.org/licenses/LICENSE-2.0"))

val compileFlags = Seq(
  "-deprecation",
  "-feature",
  "-unchecked",
  "-release",
  line.release,
  "-encoding",
  "UTF-8",
  "-Wconf:msg=JavaConverters:s"
)

// What Spark itself passes to a JDK 17 when it is not started by spark-submit.
val sparkOnJdk17 = Seq(
  "java.base/java.lang",
  "java.base/java.lang.invoke",
  "java.base/java.lang.reflect",
  "java.base/java.io",
  "java.base/java.net",
  "java.base/java.nio",
  "java.base/java.util",
  "java.base/java.util.concurrent",
  "java.base/java.util.concurrent.atomic",
  "java.base/sun.nio.ch",
  "java.base/sun.nio.cs",
  "java.base/sun.security.action",
  "java.base/sun.util.calendar"
).map(p => s"--add-opens=$p=ALL-UNNAMED")

lazy val core = (project in file("scala"))
  .settings(
    name := "penstock",
    target := baseDirectory.value / "target" / line.id,
    scalacOptions ++= compileFlags,
    Compile / unmanagedSourceDirectories ++= line.shims.map(s => baseDirectory.value / "src" / "main" / s),
    libraryDependencies += "org.apache.spark" %% "spark-sql" % line.oldest % Provided,
    // the JAR's name tells its line: penstock-spark-4.1_2.13-0.1.0.jar
    artifactName := { (_, module, artifact) => s"penstock-${line.id}-${module.revision}.${artifact.extension}" },
    Compile / resourceGenerators += Def.task {
      val out = (Compile / resourceManaged).value / "penstock" / "build.properties"
      IO.write(out, s"version=${version.value}\nspark=${line.line}\nscala=${line.scalaBinary}\n")
      Seq(out)
    }
  )

// What teams test their Scala with: no code of Penstock's own in it, and the same scenarios that Python reads.
lazy val testkit = (project in file("testkit"))
  .settings(
    name := "penstock-testkit",
    target := baseDirectory.value / "target" / line.id,
    scalacOptions ++= compileFlags,
    libraryDependencies ++= Seq(
      "org.apache.spark" %% "spark-sql" % line.oldest % Provided,
      "org.scalatest" %% "scalatest" % "3.2.19" % Provided
    ),
    artifactName := { (_, module, artifact) =>
      s"penstock-testkit-${line.id}-${module.revision}.${artifact.extension}"
    },
    Compile / resourceGenerators += Def.task {
      val data = (ThisBuild / baseDirectory).value / "python/src/penstock/scenarios/catalogue/data"
      val out = (Compile / resourceManaged).value / "penstock" / "catalogue"
      IO.copy((data * "*.json").get.map(f => f -> out / f.getName)).toSeq
    }
  )

// The suites are a project of their own, so that they run on the tested patch while the JAR sees the oldest one only.
lazy val tests = (project in file("tests/scala"))
  .dependsOn(core, testkit)
  .settings(
    name := "penstock-tests",
    publish / skip := true,
    target := baseDirectory.value / "target" / line.id,
    scalacOptions ++= compileFlags,
    Test / unmanagedSourceDirectories := Seq(baseDirectory.value),
    Compile / sources := Nil,
    Test / unmanagedSources / excludeFilter := new SimpleFileFilter(_.getPath.contains("/target/")),
    libraryDependencies ++= Seq(
      "org.apache.spark" %% "spark-sql" % line.tested % Test,
      "org.scalatest" %% "scalatest" % "3.2.19" % Test
    ),
    Test / fork := true,
    Test / baseDirectory := (ThisBuild / baseDirectory).value,
    Test / javaOptions ++= sparkOnJdk17 ++ Seq("-Xmx2g", "-Djava.awt.headless=true"),
    // times on the console, and JUnit files from which scripts/stages.py counts
    Test / testOptions += Tests.Argument(TestFrameworks.ScalaTest, "-oD", "-u", s"build/reports/scala-${line.id}"),
    Test / parallelExecution := false
  )

lazy val root = (project in file("."))
  .aggregate(core, testkit, tests)
  .settings(name := "penstock-root", publish / skip := true, target := file("target") / line.id)

lazy val jars = taskKey[Unit]("Put this line's JARs where the wheel and dist/ take them from; older versions leave.")
root / jars := {
  val base = (ThisBuild / baseDirectory).value
  for (
    (jar, folder) <- Seq(
      (core / Compile / packageBin).value -> base / "python/src/penstock/jars",
      (testkit / Compile / packageBin).value -> base / "build/testkit"
    )
  ) {
    IO.delete((folder * jar.getName.replace(version.value, "*")).get)
    IO.copyFile(jar, folder / jar.getName)
  }
}

lazy val sparkLines = taskKey[Unit]("Print the table of Spark lines as JSON, for the Makefile and the CI matrix.")
root / sparkLines := println(SparkVersions.json)

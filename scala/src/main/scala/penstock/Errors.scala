package penstock

import penstock.contract.{Param, Refusal}

/** Every sentence a user can meet: what was wrong, what there is, what to do. */
object Errors {

  def unknownParameter(transform: String, got: String, known: Seq[String]): Refusal = Refusal(
    "unknown-parameter",
    s"$transform: there is no parameter '$got'.",
    s"It has: ${known.mkString(", ")}.",
    didYouMean(got, known)(identity)
  )

  def missingParameter(transform: String, param: Param[_]): Refusal = Refusal(
    "missing-parameter",
    s"$transform: parameter '${param.name}' is missing.",
    remedy = s"Give ${param.kind.expects}: ${param.doc}"
  )

  def wrongValue(transform: String, param: Param[_], got: Any): Refusal = Refusal(
    "wrong-value",
    s"$transform: parameter '${param.name}' must be ${param.kind.expects}, got ${show(got)}.",
    remedy = got match {
      case s: CharSequence => didYouMean(s.toString, param.kind.choices)(c => s"${param.name}='$c'")
      case _               => ""
    }
  )

  def columnNotFound(transform: String, param: String, got: String, input: String, columns: Seq[String]): Refusal =
    Refusal(
      "column-not-found",
      s"$transform: column '$got' (parameter $param) is not in the $input input.",
      s"$input has: ${columns.mkString(", ")}.",
      didYouMean(got, columns)(c => s"$param='$c'")
    )

  // What a door finds

  def sqlArgument(transform: String, problem: String, exists: String = "", remedy: String = ""): Refusal =
    Refusal("sql-argument", s"$transform: $problem", exists, remedy)

  def missingInput(transform: String, input: String): Refusal =
    Refusal("missing-parameter", s"$transform: the table '$input' is missing.")

  def tooManyInputs(transform: String, inputs: Seq[String], got: Int): Refusal = Refusal(
    "unknown-parameter",
    s"$transform: it got $got tables and takes ${inputs.size}.",
    s"It takes: ${inputs.mkString(", ")}."
  )

  def tablePartitioning(transform: String, input: String): Refusal = Refusal(
    "table-partitioning",
    s"$transform: TABLE(...) of '$input' has PARTITION BY, ORDER BY or WITH SINGLE PARTITION.",
    "A transform distributes and orders its inputs itself.",
    "Take the clause away, and name the columns in the parameters for keys and time (by, on)."
  )

  def streaming(transform: String, input: String): Refusal = Refusal(
    "streaming",
    s"$transform: the $input input is a stream.",
    "Transforms take tables that are complete: batch inputs only.",
    "Call it inside foreachBatch, or on the table that the stream writes."
  )

  def scalaConnect(name: String, tables: Int, args: Map[String, Any]): Refusal = {
    val call = (1 to tables).map(i => s"TABLE(view$i)") ++ args.toSeq.sortBy(_._1).map { case (k, v) => s"$k => ${sql(v)}" }
    Refusal(
      "scala-connect",
      s"$name: this frame belongs to Spark Connect's Scala client, which has no plans to work on.",
      remedy = "Make temporary views of the frames, and use SQL: " +
        s"spark.sql(\"SELECT * FROM $name(${call.mkString(", ")})\")."
    )
  }

  // What attaching finds

  def wrongSpark(version: String, jar: String, runtime: String, line: String, scala: String): Refusal = Refusal(
    "wrong-spark",
    s"penstock: the JAR that is attached (Penstock $version) is for Spark $jar, and this is Spark $runtime.",
    remedy = s"Attach penstock-spark-${line}_$scala-$version.jar: penstock.jar_path() in Python picks the one that fits."
  )

  def wrongScala(version: String, jar: String, runtime: String, line: String, scala: String): Refusal = Refusal(
    "wrong-scala",
    s"penstock: the JAR that is attached (Penstock $version) is for Scala $jar, and this Spark runs on Scala $runtime.",
    remedy = s"Attach penstock-spark-${line}_$scala-$version.jar: penstock.jar_path() in Python picks the one that fits."
  )

  def otherVersion(function: String, there: String, version: String): Refusal = Refusal(
    "version-mismatch",
    s"penstock: Penstock $there has registered $function in this session, and this JAR is Penstock $version.",
    remedy = s"Attach one version only: take the JAR of $there off the cluster, or use its wheel."
  )

  def functionExists(function: String, what: String): Refusal = Refusal(
    "function-exists",
    s"penstock: this session has a function '$function' of somebody else ($what).",
    "Penstock does not shadow functions that exist.",
    s"Drop or rename '$function', then attach again."
  )

  def changedCatalyst(spark: String, difference: String): Refusal = Refusal(
    "changed-catalyst",
    s"penstock: this Spark calls itself $spark, but its Catalyst is not that of Apache Spark: $difference.",
    "Nothing was registered.",
    "Penstock cannot run here; please report the sentence above and the platform's version."
  )

  def notAttached(name: String): Refusal = Refusal(
    "not-attached",
    s"$name: Penstock is not attached to this session, and spark.penstock.autoAttach is false.",
    remedy = "Attach it: penstock.attach(spark) in Python, or spark.sql.extensions=penstock.PenstockExtensions."
  )

  def unknownTransform(name: String, known: Seq[String]): Refusal = Refusal(
    "unknown-transform",
    s"penstock: there is no transform '$name' in this session.",
    if (known.isEmpty) "There is none at all." else s"There are: ${known.mkString(", ")}.",
    didYouMean(name, known)(k => s"'$k'")
  )

  def providerFailed(provider: String, cause: Throwable): Refusal = Refusal(
    "provider-failed",
    s"penstock: the provider of transforms $provider failed: $cause.",
    "Its transforms are not there; all others are.",
    "Mend it, or take its JAR off the session."
  )

  def nameTaken(name: String, providers: Seq[String], other: String): Refusal = Refusal(
    "name-taken",
    s"penstock: the transform '$name' of ${providers.mkString(" and ")} has the name of $other.",
    remedy = "Rename it: one name means one transform."
  )

  def badTransform(provider: String, transform: String, why: String): Refusal =
    Refusal("bad-transform", s"penstock: the transform '$transform' of $provider cannot be called: $why.")

  /** A value as a SQL literal. */
  private def sql(value: Any): String = value match {
    case s: CharSequence            => "'" + s.toString.replace("'", "\\'") + "'"
    case s: scala.collection.Seq[_] => s.map(sql).mkString("array(", ", ", ")")
    case (l, r)                     => sql(Seq(l, r))
    case other                      => other.toString
  }

  /** A value as the user would have typed it. */
  def show(value: Any): String = value match {
    case null                       => "nothing"
    case s: CharSequence            => s"'$s'"
    case a: Array[_]                => a.map(show).mkString("[", ", ", "]")
    case s: scala.collection.Seq[_] => s.map(show).mkString("[", ", ", "]")
    case (l, r)                     => s"(${show(l)}, ${show(r)})"
    case other                      => other.toString
  }

  /** Suggests the nearest of the known words, only where at most a quarter of the word differs. */
  def didYouMean(got: String, known: Seq[String])(shown: String => String): String = {
    val near = known
      .map(k => k -> distance(got.toLowerCase(java.util.Locale.ROOT), k.toLowerCase(java.util.Locale.ROOT)))
      .filter { case (k, d) => d * 4 <= math.max(k.length, got.length) }
    if (near.isEmpty) "" else s"Did you mean ${shown(near.minBy(_._2)._1)}?"
  }

  /** Levenshtein's edit distance. */
  private def distance(a: String, b: String): Int = {
    val first = (0 to b.length).toVector
    a.foldLeft(first) { (previous, ca) =>
      b.indices.foldLeft(Vector(previous.head + 1)) { (row, j) =>
        val change = previous(j) + (if (b(j) == ca) 0 else 1)
        row :+ math.min(change, math.min(row.last, previous(j + 1)) + 1)
      }
    }.last
  }
}

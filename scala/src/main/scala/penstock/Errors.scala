package penstock

import org.apache.spark.sql.types._

import penstock.contract.{Param, Refusal}

/** Every sentence a user can meet: what was wrong, what there is, what to do. */
object Errors extends IntervalErrors {

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
      case _ => ""
    }
  )

  def columnNotFound(transform: String, param: String, got: String, input: String, columns: Seq[String]): Refusal =
    Refusal(
      "column-not-found",
      s"$transform: column '$got' (parameter $param) is not in the $input input.",
      s"$input has: ${columns.mkString(", ")}.",
      didYouMean(got, columns)(c => s"$param='$c'")
    )

  def columnAmbiguous(transform: String, param: String, name: String, input: String, columns: Seq[String]): Refusal =
    Refusal(
      "column-ambiguous",
      s"$transform: column '$name' (parameter $param) means more than one column of the $input input.",
      s"$input has: ${columns.mkString(", ")}.",
      "Rename them apart first."
    )

  def missingOneOf(transform: String, one: Seq[String], other: Seq[String]): Refusal = Refusal(
    "missing-parameter",
    s"$transform: parameter '${one.mkString("', '")}' is missing.",
    remedy = s"Give ${one.mkString(" and ")}, or ${other.mkString(" and ")} where the sides differ."
  )

  def halfGiven(transform: String, got: String, missing: String): Refusal = Refusal(
    "missing-parameter",
    s"$transform: '$got' is given, but '$missing' is not.",
    remedy = "Give both."
  )

  def conflicting(transform: String, one: String, others: Seq[String]): Refusal = Refusal(
    "conflicting-parameters",
    s"$transform: '$one' is given together with '${others.mkString("' or '")}'.",
    remedy = s"Give '$one' where both sides have the name, else ${others.map(o => s"'$o'").mkString(" and ")}."
  )

  def noEffect(transform: String, param: String, value: Any, needs: String): Refusal = Refusal(
    "conflicting-parameters",
    s"$transform: $param=${show(value)} has no effect without $needs.",
    remedy = s"Leave $param out, or give $needs."
  )

  def unequalKeys(transform: String, left: Seq[String], right: Seq[String]): Refusal = Refusal(
    "conflicting-parameters",
    s"$transform: left_by has ${left.size} columns and right_by has ${right.size}; they pair by position.",
    s"left_by: ${left.mkString(", ")}.   right_by: ${right.mkString(", ")}."
  )

  def notATime(transform: String, side: String, column: String, dataType: DataType): Refusal = Refusal(
    "unsupported-type",
    s"$transform: the time column '$column' of the $side input is of type ${dataType.sql}.",
    "A time is a TIMESTAMP, TIMESTAMP_NTZ, DATE, integer, DECIMAL, FLOAT or DOUBLE.",
    if (dataType == StringType) s"Convert it first: to_timestamp($column)." else ""
  )

  def timesDiffer(transform: String, left: String, l: DataType, right: String, r: DataType): Refusal = Refusal(
    "type-mismatch",
    s"$transform: the time columns differ in type: left '$left' is ${l.sql}, right '$right' is ${r.sql}.",
    remedy = CommonType.remedy(left, l, right, r) +
      (if (Set(l, r) == Set(TimestampType, TimestampNTZType)) ", which reads it in the session time zone." else ".")
  )

  def notAKey(transform: String, side: String, column: String, dataType: DataType): Refusal = Refusal(
    "unsupported-type",
    s"$transform: the key column '$column' of the $side input is of type ${dataType.sql}, which has no equality to join on.",
    remedy = "Use a column that identifies it, or its text: to_json(...)."
  )

  def keysDiffer(transform: String, left: String, l: DataType, right: String, r: DataType): Refusal = Refusal(
    "type-mismatch",
    s"$transform: the keys differ in type: left '$left' is ${l.sql}, right '$right' is ${r.sql}.",
    remedy = CommonType.remedy(left, l, right, r) + "."
  )

  def badDuration(transform: String, param: String, value: Any, expects: String): Refusal =
    Refusal("duration", s"$transform: parameter '$param' must be $expects, got ${show(value)}.")

  def negative(transform: String, param: String, value: Any): Refusal = Refusal(
    "duration",
    s"$transform: parameter '$param' must not be negative, got ${show(value)}.",
    remedy = "A tolerance is a distance; the direction says which way."
  )

  def notOrderable(transform: String, param: String, column: String, dataType: DataType): Refusal = Refusal(
    "unsupported-type",
    s"$transform: column '$column' (parameter $param) is of type ${dataType.sql}, which has no order.",
    remedy = "Name columns that can be ordered."
  )

  def nameClash(transform: String, names: Seq[String], suffixes: (String, String)): Refusal = Refusal(
    "name-clash",
    s"$transform: the result would have more than one column named ${names.map(n => s"'$n'").mkString(", ")} " +
      s"with suffixes=${show(suffixes)}.",
    remedy = "Give other suffixes, or rename columns first."
  )

  def badCondition(transform: String, text: String, why: String): Refusal = Refusal(
    "wrong-value",
    s"$transform: parameter 'condition' must be a Spark SQL condition over left.* and right.*, got ${show(text)}: $why"
  )

  def badAggregate(transform: String, name: String, text: String, why: String, columns: Seq[String]): Refusal = Refusal(
    "wrong-value",
    s"$transform: parameter 'aggs' must hold Spark SQL aggregates over the right input, got ${show(name)}: ${show(text)}: $why",
    s"right has: ${columns.mkString(", ")}."
  )

  def noWindow(transform: String): Refusal = Refusal(
    "missing-parameter",
    s"$transform: neither 'lower' nor 'upper' is given.",
    remedy =
      "Give one of them, or both, as distances from the left time (lower='-10 minutes', upper='0'); or several " +
        "windows at once: windows={'10m': ('-10 minutes', '0'), 'all': (None, None)}."
  )

  def windowsAndBounds(transform: String, got: Seq[String]): Refusal = Refusal(
    "conflicting-parameters",
    s"$transform: 'windows' is given together with '${got.mkString("' and '")}'.",
    remedy = "Give lower and upper for one window, windows for several."
  )

  def emptyWindow(transform: String, window: String, lower: Any, upper: Any, closed: String): Refusal = Refusal(
    "conflicting-parameters",
    s"$transform: $window, from ${show(lower)} to ${show(upper)} with closed=${show(closed)}, can hold no row.",
    remedy = "upper must lie above lower, or be equal to it with closed='both'."
  )

  def resultClash(transform: String, names: Seq[String], exists: Seq[String]): Refusal = Refusal(
    "name-clash",
    s"$transform: the result would have more than one column named ${names.map(n => s"'$n'").mkString(", ")}.",
    s"left has: ${exists.mkString(", ")}.",
    "Give the aggregates other names."
  )

  /** Fails a running job: `on_ties="error"` met a left row whose match is not the only one. */
  def tied(transform: String, at: Seq[(String, String)]): RuntimeException = new IllegalStateException(
    s"$transform: more than one right row matches the left row with ${at.map { case (n, v) => s"$n=$v" }.mkString(", ")}, " +
      "at the same time, and on_ties='error'.\n" +
      "  Name columns that tell them apart in tie_break, or let on_ties='order' decide.  [penstock.tied]"
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
    val call =
      (1 to tables).map(i => s"TABLE(view$i)") ++ args.toSeq.sortBy(_._1).map { case (k, v) => s"$k => ${sql(v)}" }
    Refusal(
      "scala-connect",
      s"$name: this frame belongs to Spark Connect's Scala client, which has no plans to work on.",
      remedy = "Make temporary views of the frames, and use SQL: " +
        s"""spark.sql("SELECT * FROM $name(${call.mkString(", ")})")."""
    )
  }

  // What attaching finds

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
    case s: CharSequence => "'" + s.toString.replace("'", "\\'") + "'"
    case s: scala.collection.Seq[_] => s.map(sql).mkString("array(", ", ", ")")
    case (l, r) => sql(Seq(l, r))
    case other => other.toString
  }

  /** A value as the user would have typed it. */
  def show(value: Any): String = value match {
    case null => "nothing"
    case s: CharSequence => s"'$s'"
    case a: Array[_] => a.map(show).mkString("[", ", ", "]")
    case s: scala.collection.Seq[_] => s.map(show).mkString("[", ", ", "]")
    case (l, r) => s"(${show(l)}, ${show(r)})"
    case other => other.toString
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

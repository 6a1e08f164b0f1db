package penstock.cases

import java.io.File
import java.nio.charset.StandardCharsets.UTF_8
import java.nio.file.Files

/** What a case file says; the format is in tests/cases/README.md. */
final case class CaseFile(
    name: String,
    doors: Seq[String],
    since: (Int, Int),
    conf: Map[String, String],
    inputs: Seq[Input],
    checks: Seq[Check]
)

sealed trait Input { def name: String }

/** Names, types and rows; every cell is a Spark SQL expression. */
final case class Table(name: String, columns: Seq[(String, String)], rows: Seq[Seq[String]]) extends Input {

  /** The table as a query. */
  def sql: String =
    if (rows.isEmpty) columns.map { case (n, t) => s"CAST(NULL AS $t) AS $n" }.mkString("SELECT ", ", ", " WHERE false")
    else {
      val values = rows.map(_.zip(columns).map { case (cell, (_, t)) => s"CAST($cell AS $t)" }.mkString("(", ", ", ")"))
      s"SELECT * FROM VALUES ${values.mkString(", ")} AS t(${columns.map(_._1).mkString(", ")})"
    }
}
final case class View(name: String, sql: String) extends Input
final case class Stream(name: String) extends Input

sealed trait Step { def result: String }
final case class Call(function: String, tables: Seq[String], arguments: Seq[(String, String)], result: String)
    extends Step
final case class Query(sql: String) extends Step { val result = "result" }

sealed trait Outcome
final case class Expect(table: Table) extends Outcome
final case class Refuse(code: String, fragments: Seq[String]) extends Outcome
final case class Fails(fragments: Seq[String]) extends Outcome

/** Calls in order, a query over the last result, and what must come of it. */
final case class Check(title: String, line: Int, steps: Seq[Step], above: Option[String], outcome: Outcome)

/** A case file that does not follow the grammar. */
final class CaseError(message: String) extends Exception(message)

/** Reads case files: the same grammar as tests/python/cases/grammar.py, as strictly. */
object CaseFiles {

  private val doors = Seq("sql", "py4j", "connect", "scala")
  private val headers = Set("doors", "matrix", "since", "conf")
  private final case class Statement(line: Int, lines: Vector[String], title: String)

  /** The case files of a folder and the folders in it, by name. */
  def in(folder: File): Seq[CaseFile] =
    folder.listFiles.toSeq.sortBy(_.getName).flatMap { f =>
      if (f.isDirectory) in(f) else if (f.getName.endsWith(".sql")) Seq(read(f)) else Nil
    }

  def read(file: File): CaseFile = {
    val name = s"${file.getParentFile.getName}/${file.getName.stripSuffix(".sql")}"
    parse(name, new String(Files.readAllBytes(file.toPath), UTF_8))
  }

  def parse(name: String, text: String): CaseFile = {
    val (header, statements) = split(name, text.split("\r?\n").toVector)
    val words = header.map { case (k, v) => k -> v.split("\\s+").toSeq.filter(_.nonEmpty) }
    val opened = words.getOrElse("doors", doors)
    if (!opened.forall(doors.contains)) throw new CaseError(s"$name: no door in $opened; there are $doors")
    val Array(major, minor) = words.get("since").fold("3.5")(_.last).split('.').map(_.toInt)
    val conf = words.getOrElse("conf", Nil).map(_.split("=", 2)).map(kv => kv(0) -> kv(1)).toMap
    val empty = CaseFile(name, opened, (major, minor), conf, Nil, Nil)
    val (file, open) = statements.foldLeft((empty, Open())) { case ((f, o), s) => take(name, f, o, s) }
    if (open.steps.nonEmpty || file.checks.isEmpty)
      throw new CaseError(s"$name: a call without an outcome, or no check")
    file
  }

  /** Header and statements; a line that starts with a blank continues the statement before it. */
  private def split(name: String, lines: Vector[String]): (Map[String, String], Vector[Statement]) = {
    val start = (Map.empty[String, String], Vector.empty[Statement], "")
    val (header, found, _) = lines.zipWithIndex.foldLeft(start) { case ((head, done, title), (raw, i)) =>
      val line = raw.reverse.dropWhile(_.isWhitespace).reverse
      if (line.isEmpty) (head, done, "")
      else if (line.startsWith("--")) {
        val comment = line.drop(2).trim
        val key = comment.takeWhile(_ != ':')
        if (key.length < comment.length && headers(key) && done.isEmpty)
          (head + (key -> comment.drop(key.length + 1).trim), done, title)
        else (head, done, s"$title $comment".trim)
      } else if (line.head.isWhitespace) {
        if (done.isEmpty) throw new CaseError(s"$name: line ${i + 1}: an indented line continues nothing")
        (head, done.init :+ done.last.copy(lines = done.last.lines :+ line.trim), title)
      } else (head, done :+ Statement(i + 1, Vector(line), title), "")
    }
    (header, found)
  }

  /** A check that has no outcome yet. */
  private final case class Open(
      title: String = "",
      line: Int = 0,
      steps: Seq[Step] = Nil,
      above: Option[String] = None
  )

  private def take(name: String, file: CaseFile, open: Open, s: Statement): (CaseFile, Open) = {
    val word = s.lines.head.takeWhile(_ != ' ')
    val rest = s.lines.head.drop(word.length).trim
    val text = (rest +: s.lines.tail).mkString(" ").trim
    def fail(what: String): Nothing = throw new CaseError(s"$name: line ${s.line}: $what")
    def step(next: Step): Open =
      if (open.steps.isEmpty) Open(s.title, s.line, Seq(next)) else open.copy(steps = open.steps :+ next)
    def end(outcome: Outcome): (CaseFile, Open) = {
      if (open.steps.isEmpty) fail("an outcome without a call")
      (file.copy(checks = file.checks :+ Check(open.title, open.line, open.steps, open.above, outcome)), Open())
    }
    word match {
      case "given" => (file.copy(inputs = file.inputs :+ table(rest, s.lines.tail, fail)), open)
      case "stream" => (file.copy(inputs = file.inputs :+ Stream(text)), open)
      case "view" =>
        val at = text.indexOf(" as ")
        if (at < 0) fail("expected: view NAME as SQL")
        (file.copy(inputs = file.inputs :+ View(text.take(at).trim, text.drop(at + 4).trim)), open)
      case "call" => (file, step(call(text, fail)))
      case "query" => (file, step(Query(text)))
      case "then" => (file, open.copy(above = Some(text)))
      case "expect" => end(Expect(table("expected " + rest, s.lines.tail, fail)))
      case "refuse" =>
        val code = text.takeWhile(_ != ' ')
        end(Refuse(code, fragments(text.drop(code.length), fail)))
      case "fails" => end(Fails(fragments(text, fail)))
      case other => fail(s"no statement '$other'")
    }
  }

  private def table(head: String, lines: Seq[String], fail: String => Nothing): Table = {
    val bar = head.indexOf('|')
    if (bar < 0) fail("expected: NAME | column type, …")
    val columns = parts(head.drop(bar + 1), "()<>").map { c =>
      val blank = c.indexOf(' ')
      if (blank < 0) fail(s"column '$c' has no type")
      c.take(blank) -> c.drop(blank).trim
    }
    val rows = lines.map(_.split("\\|", -1).toSeq.map(_.trim))
    rows.foreach { r =>
      if (r.size != columns.size || r.exists(_.isEmpty)) fail(s"${columns.size} cells expected: ${r.mkString(" | ")}")
    }
    Table(head.take(bar).trim, columns, rows)
  }

  private val callText = """(\w+)\((.*)\)(?:\s+as\s+(\w+))?""".r
  private val argument = """(\w+)\s*=>(.*)""".r

  private def call(text: String, fail: String => Nothing): Call = text match {
    case callText(function, inside, result) =>
      val (named, tables) = parts(inside, "()").partition(argument.pattern.matcher(_).matches)
      val arguments = named.collect { case argument(n, v) => n -> v.trim }
      Call(function, tables, arguments, Option(result).getOrElse("result"))
    case _ => fail("expected: call F(TABLE, …, name => value, …) [as NAME]")
  }

  private val quoted = "'((?:[^']|'')*)'".r

  private def fragments(text: String, fail: String => Nothing): Seq[String] = {
    val found = quoted.findAllMatchIn(text).map(_.group(1).replace("''", "'")).toVector
    if (found.isEmpty || quoted.replaceAllIn(text, "").trim.nonEmpty) fail("expected quoted texts")
    found
  }

  /** Splits at commas outside quotes and brackets; `brackets` lists opening and closing ones in pairs. */
  private def parts(text: String, brackets: String): Seq[String] = {
    val (opening, closing) = brackets.toSeq.zipWithIndex.partition(_._2 % 2 == 0)
    val start = (Vector(""), 0, false)
    val (found, _, _) = text.foldLeft(start) { case ((done, depth, inQuotes), c) =>
      val quotes = inQuotes ^ (c == '\'')
      val step = if (inQuotes) 0 else opening.count(_._1 == c) - closing.count(_._1 == c)
      if (c == ',' && depth == 0 && !quotes) (done :+ "", depth, quotes)
      else (done.init :+ (done.last + c), depth + step, quotes)
    }
    found.map(_.trim).filter(_.nonEmpty)
  }
}

package penstock.testkit

import java.nio.file.Paths

import scala.collection.mutable.ArrayBuffer
import scala.util.control.NonFatal

import org.apache.spark.sql.DataFrame
import org.apache.spark.sql.functions.expr
import org.scalatest.funsuite.AnyFunSuite

/** Runs transforms over the scenarios of the catalogue; every scenario of every transform is a test of its own.
  *
  * {{{
  * class DelaysScenarios extends ScenarioSuite {
  *   over("delays", flights, Roles(key = Seq("tail"), time = Some("dep")))(Delays.of) { (in, out) =>
  *     assert(out.count() == in.count())
  *   }
  * }
  * }}}
  *
  * For each place in which a scenario can be planted, the transform must give a result, must give the same one for rows
  * in another order, and must keep the invariant. A scenario that applies nowhere is cancelled, with the reason. With
  * `-Dpenstock.ledger=FOLDER` a ledger is written to `FOLDER/<suite>.json`.
  */
trait ScenarioSuite extends AnyFunSuite with LocalSpark with FrameAssertions {
  private val records = ArrayBuffer.empty[Record]

  /** Registers the tests.
    *
    * @param name
    *   of the transform, in tests' names and in the ledger
    * @param input
    *   the data as it is, small; read when the first test runs
    * @param only
    *   ids of scenarios, or all
    * @param knownGaps
    *   ids of scenarios that fail, with the reason; one that passes although it is listed fails
    * @param rejects
    *   whether an error of the transform is a legal answer to its input
    */
  def over(
      name: String,
      input: => DataFrame,
      roles: Roles = Roles(),
      only: Set[String] = Set.empty,
      knownGaps: Map[String, String] = Map.empty,
      rejects: Throwable => Boolean = _ => false,
      seed: Int = 0
  )(transform: DataFrame => DataFrame)(invariant: (DataFrame, DataFrame) => Unit): Unit = {
    lazy val data = input
    (only ++ knownGaps.keys).foreach(Catalogue(_))
    for (entry <- Catalogue.entries if only.isEmpty || only(entry.id)) test(s"$name: $entry") {
      val places = Planting.places(entry, data, roles).fold(reason => cancel(reason), identity)
      val answers = places.map { place =>
        val planted = Planting.plant(entry, data, place, roles, seed)
        place -> answer(planted, transform, invariant, rejects)
      }
      val wrong = answers.collect { case (place, Wrong(text)) => s"$place: $text" }
      val told = conclusion(wrong, answers.exists(_._2 == Rejected), knownGaps.get(entry.id))
      records += Record(
        name,
        entry.id,
        entry.name,
        told,
        places.size,
        places.map(_.toString),
        knownGaps.getOrElse(entry.id, ""),
        wrong.mkString("\n"),
        seed
      )
      if (told == "fail") fail(s"${entry.meaning}\n${wrong.mkString("\n")}\nWhat goes wrong: ${entry.pitfall}")
      if (wrong.isEmpty && knownGaps.contains(entry.id))
        fail(s"$entry is listed as a known gap, and passes: take it out")
    }
  }

  override protected def afterAll(): Unit =
    try sys.props.get("penstock.ledger").foreach(f => Ledger.write(records.toSeq, Paths.get(f, s"$suiteName.json")))
    finally super.afterAll()

  private def answer(
      planted: DataFrame,
      transform: DataFrame => DataFrame,
      invariant: (DataFrame, DataFrame) => Unit,
      rejects: Throwable => Boolean
  ): Answer =
    try {
      val result = transform(planted)
      val shuffled = transform(planted.repartition(3).sortWithinPartitions(expr("rand(7)")))
      FrameAssertions.difference(shuffled, result) match {
        case Some(text) => Wrong(s"rows in another order give another result.\n$text")
        case None =>
          invariant(planted, result)
          Kept
      }
    } catch {
      case e: Throwable if NonFatal(e) && rejects(e) => Rejected
      case NonFatal(e) => Wrong(Option(e.getMessage).getOrElse(e.toString))
    }

  private def conclusion(wrong: Seq[String], rejected: Boolean, known: Option[String]): String =
    if (wrong.nonEmpty) known.fold("fail")(_ => "known gap") else if (rejected) "rejects" else "pass"
}

/** What a transform made of one planted frame. */
sealed private[testkit] trait Answer
private[testkit] case object Kept extends Answer
private[testkit] case object Rejected extends Answer
final private[testkit] case class Wrong(text: String) extends Answer

package flights

import java.sql.Timestamp
import java.time.Instant

import org.scalatest.funsuite.AnyFunSuite

/** Who is in the air with whom: touching spans, equal ones, unknown times, other destinations. */
class TrafficSuite extends AnyFunSuite with LocalSpark {

  test("the others in the air to the same place at the same time") {
    import spark.implicits._
    def at(clock: String): Option[Timestamp] =
      Some(clock).filter(_.nonEmpty).map(c => Timestamp.from(Instant.parse(s"2013-01-01T$c:00Z")))
    val flights = Seq(
      (1, "BOS", at("10:00"), at("11:00")),
      (2, "BOS", at("11:00"), at("12:00")), // leaves as 1 lands
      (3, "BOS", at("10:59"), at("11:01")), // with both
      (4, "BOS", at("13:00"), at("14:00")),
      (5, "BOS", at("13:00"), at("14:00")), // the same span
      (6, "ORD", at("13:00"), at("14:00")),
      (7, "BOS", at("09:00"), at("")), // not seen landing
      (8, "BOS", at(""), at("")) // never left
    ).toDF("flight", "dest", "departed", "landed")
    val out = Traffic.withAloft(flights, Traffic.inTheAir(flights))
    assert(out.columns.toSeq == Seq("flight", "dest", "departed", "landed", "aloft"))
    val got = out.select("flight", "aloft").collect().map(r => r.getInt(0) -> r.get(1)).toMap
    assert(got == Map(1 -> 1, 2 -> 1, 3 -> 2, 4 -> 1, 5 -> 1, 6 -> 0, 7 -> null, 8 -> null))
  }
}

package penstock.machine

import scala.collection.mutable.ArrayBuffer
import scala.util.Random

import org.apache.spark.sql.catalyst.expressions._
import org.apache.spark.sql.types._
import org.scalatest.funsuite.AnyFunSuite

/** The laws of `SweepMachine`, for every machine that is listed. */
class SweepLaws extends AnyFunSuite {
  import SweepLaws._

  private val relations = Seq(
    "overlap" -> Relation.Overlap,
    "sharing 2" -> Relation.Shared(2L),
    "within 3" -> Relation.Near(3L),
    "within" -> Relation.Within,
    "contains" -> Relation.Contains
  )

  private val listed: Seq[(String, IntervalSweep)] = for {
    (name, relation) <- relations
    closed <- Seq(Closed.Left, Closed.Both)
    (keep, mult) <- Keep.all.map(_ -> Mult.All) ++
      Seq(Keep.Matched -> Mult.First, Keep.All -> Mult.Last, Keep.All -> Mult.First)
    asked <- Seq(None, Some(LessThan(a, b)))
  } yield {
    val options = IntervalOptions("interval_join", name, relation, closed, keep, mult, false, Some("UTC"))
    val shown = s"$name, closed ${closed.name}, ${keep.name}, ${mult.name}${asked.fold("")(_ => ", condition")}"
    shown -> IntervalSweep(options, Some(end), Some(until), Nil, Nil, Nil, None, asked)
  }

  for ((name, sweep) <- listed) {
    test(s"once: $name: what a look at every pair finds") {
      for (seed <- 1 to 4) {
        val events = trail(seed, sweep)
        assert(swept(sweep, events).sorted == wanted(sweep, events).sorted)
      }
    }

    test(s"fresh: $name") {
      val (one, other) = (trail(5, sweep), trail(6, sweep))
      val machine = sweep.maker(sides).make()
      val states = Array(machine.newState(), machine.newState())
      val got = Array(ArrayBuffer.empty[String], ArrayBuffer.empty[String])
      one.map(0 -> _).zipAll(other.map(1 -> _), null, null).foreach { case (x, y) =>
        for ((k, e) <- Seq(x, y) if e != null) {
          machine.arrive(states(k), row(e), e.left, enters = true)
          got(k) ++= drained(machine)
        }
      }
      states.indices.foreach { k =>
        machine.end(states(k))
        got(k) ++= drained(machine)
      }
      assert(got(0).toSeq.sorted == swept(sweep, one).sorted)
      assert(got(1).toSeq.sorted == swept(sweep, other).sorted)
    }

    test(s"lent rows: $name") {
      val events = trail(7, sweep)
      val machine = sweep.maker(sides).make()
      val state = machine.newState()
      val lent = UnsafeRow.createFromByteArray(64, 4)
      val got = ArrayBuffer.empty[String]
      events.foreach { e =>
        lent.copyFrom(row(e))
        machine.arrive(state, lent, e.left, enters = true)
        got ++= drained(machine)
        (0 to 3).foreach(i => lent.setLong(i, -99))
      }
      machine.end(state)
      got ++= drained(machine)
      assert(got.toSeq.sorted == swept(sweep, events).sorted)
    }

    test(s"order: $name: rows of one start in any order, but for the side that comes first") {
      val events = trail(8, sweep)
      val expected = swept(sweep, events).sorted
      for (seed <- 1 to 5) {
        val random = new Random(seed)
        // where neither side must hold the other, any side may come first
        val free = !Set[Relation](Relation.Within, Relation.Contains)(sweep.options.relation)
        val mixed = random.shuffle(events).sortBy(e => (start(e), !free && e.left == sweep.rightFirst))
        assert(swept(sweep, mixed).sorted == expected)
      }
    }

    test(s"dropped: $name") {
      val random = new Random(9)
      val machine = sweep.maker(sides).make()
      val state = machine.newState()
      // each lives for at most eight of a thousand steps, and of each side one for ever
      val events =
        for (t <- 0 until 1000; left <- Seq(true, false))
          yield Event(
            left,
            Some(t.toLong),
            if (t == 3) None else Some(t + random.nextInt(8) + 1L),
            random.nextInt(5),
            t
          )
      events.foreach { e =>
        machine.arrive(state, row(e), e.left, enters = true)
        drained(machine): Unit
        assert(state.size <= 2 * 2 * (8 + 3 + 1) + 2 * 16)
      }
      val last = row(Event(true, Some(5000L), Some(5001L), 0, 0))
      machine.purge(state, last, fromLeft = true)
      drained(machine): Unit
      assert(state.size <= 2)
    }

    test(s"divisible: $name: rows that wait for those before them to end") {
      for (room <- Seq(1, 3, 10)) {
        val events = trail(10, sweep)
        assert(inRounds(sweep, events, room).sorted == swept(sweep, events).sorted)
      }
    }
  }
}

object SweepLaws {
  val begin: AttributeReference = AttributeReference("s", LongType)()
  val end: AttributeReference = AttributeReference("e", LongType)()
  val a: AttributeReference = AttributeReference("a", IntegerType)()
  val n: AttributeReference = AttributeReference("n", IntegerType)()
  val from: AttributeReference = AttributeReference("from", LongType)()
  val until: AttributeReference = AttributeReference("until", LongType)()
  val b: AttributeReference = AttributeReference("b", IntegerType)()
  val m: AttributeReference = AttributeReference("m", IntegerType)()
  val sides: Sides = Sides(Seq(begin, end, a, n), Seq(from, until, b, m), begin, from)

  /** A row of one key; `n` is its number. */
  final case class Event(left: Boolean, s: Option[Long], e: Option[Long], v: Int, n: Int)

  def start(e: Event): Long = e.s.getOrElse(Long.MinValue)

  def row(e: Event): UnsafeRow = {
    val values = Array[Any](e.s.map(Long.box).orNull, e.e.map(Long.box).orNull, e.v, e.n)
    project(new GenericInternalRow(values)).copy()
  }

  private lazy val project = UnsafeProjection.create(sides.left.map(_.dataType).toArray)

  /** Rows of one key in the order of a sweep. */
  def trail(seed: Int, sweep: IntervalSweep): Seq[Event] = {
    val random = new Random(seed)
    def some(t: Int): Option[Long] = if (random.nextInt(8) == 0) None else Some(t.toLong)
    Seq
      .tabulate(60) { n =>
        val from = random.nextInt(20)
        Event(random.nextBoolean(), some(from), some(from + random.nextInt(6)), random.nextInt(5), n)
      }
      .sortBy(e => (start(e), e.left == sweep.rightFirst))
  }

  /** What leaves until nothing does: "left-right", or "left-" without a right row. */
  def drained(machine: SweepMachine): Seq[String] = {
    val got = ArrayBuffer.empty[String]
    while (machine.next()) got += s"${machine.left.getInt(3)}-${Option(machine.right).fold("")(_.getInt(3).toString)}"
    got.toSeq
  }

  def swept(sweep: IntervalSweep, events: Seq[Event]): Seq[String] = inRounds(sweep, events, Int.MaxValue)

  /** In rounds that let in so many rows each. */
  def inRounds(sweep: IntervalSweep, events: Seq[Event], room: Int): Seq[String] = {
    val machine = sweep.maker(sides).make()
    val got = ArrayBuffer.empty[String]
    var rows = events.map(e => (e.left, row(e)))
    while (rows.nonEmpty) {
      val state = machine.newState()
      val (in, out) = rows.splitAt(room)
      in.foreach { case (left, r) =>
        machine.arrive(state, r, left, enters = true)
        got ++= drained(machine)
      }
      rows = out.flatMap { case (left, r) =>
        machine.arrive(state, r, left, enters = false)
        got ++= drained(machine)
        Option(machine.deferred).map(again => (left, again.copy()))
      }
      machine.end(state)
      got ++= drained(machine)
    }
    got.toSeq
  }

  /** The same by looking at every pair. */
  def wanted(sweep: IntervalSweep, events: Seq[Event]): Seq[String] = {
    val (lefts, rights) = events.partition(_.left)
    lefts.flatMap { l =>
      val found = rights
        .filter(r => matches(sweep, l, r))
        .map { r =>
          (start(r), r.e.getOrElse(Long.MaxValue), r.v, r.n)
        }
        .sorted
        .map(_._4)
      val kept = sweep.options.mult match {
        case Mult.All => found
        case Mult.First => found.take(1)
        case Mult.Last => found.takeRight(1)
      }
      sweep.keep match {
        case Keep.Matched => kept.map(r => s"${l.n}-$r")
        case Keep.All => if (kept.isEmpty) Seq(s"${l.n}-") else kept.map(r => s"${l.n}-$r")
        case Keep.Semi => if (found.isEmpty) Nil else Seq(s"${l.n}-")
        case Keep.Anti => if (found.isEmpty) Seq(s"${l.n}-") else Nil
      }
    }
  }

  private def matches(sweep: IntervalSweep, l: Event, r: Event): Boolean = {
    val closed = sweep.options.closed == Closed.Both
    def low(e: Event): Double = e.s.fold(Double.NegativeInfinity)(_.toDouble)
    def high(e: Event): Double = e.e.fold(Double.PositiveInfinity)(_.toDouble)
    val there = Seq(l, r).forall(e => low(e) < high(e) || closed)
    val (later, earlier) = (math.max(low(l), low(r)), math.min(high(l), high(r)))
    val overlap = later < earlier || (closed && later == earlier)
    val lie = sweep.options.relation match {
      case Relation.Overlap => overlap
      case Relation.Shared(least: Long) => overlap && earlier - later >= least
      case Relation.Near(most: Long) => later - earlier <= most
      case Relation.Within => low(r) <= low(l) && high(l) <= high(r)
      case Relation.Contains => low(l) <= low(r) && high(r) <= high(l)
      case _ => false
    }
    there && lie && (sweep.condition.isEmpty || l.v < r.v)
  }
}

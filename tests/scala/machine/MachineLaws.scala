package penstock.machine

import scala.collection.mutable.ArrayBuffer
import scala.util.Random

import org.apache.spark.sql.catalyst.{CatalystTypeConverters, InternalRow}
import org.apache.spark.sql.catalyst.expressions._
import org.apache.spark.sql.catalyst.expressions.aggregate.{CollectList, Count, First, Sum}
import org.apache.spark.sql.types._
import org.scalatest.funsuite.AnyFunSuite

/** The laws of `MergeMachine`, for every machine that is listed. A machine is tested by being listed here. */
class MachineLaws extends AnyFunSuite {
  import MachineLaws._

  private val condition = LessThan(px, v)

  private val asofs: Seq[(String, Subject)] = for {
    direction <- Direction.all
    skip <- Seq(false, true)
    tied <- Seq(false, true)
    both <- Seq(None, Some(condition))
    within <- Seq(None, Some(3L))
  } yield {
    val name = s"asof ${direction.name}${if (skip) ", nulls skipped" else ""}${if (tied) ", tie_break" else ""}" +
      s"${both.fold("")(_ => ", condition")}${within.fold("")(w => s", within $w")}"
    val options =
      AsofOptions("asof_join", direction, true, true, within, Keep.All, "order", skip, false, Some("UTC"))
    name -> subject(Asof(options, Nil, Nil, if (tied) Seq(w) else Nil, None, both))
  }

  // Ends before, at and after the left time, and none; aggregates of each way of keeping them.
  private val windowed: Seq[(String, Subject)] = for {
    (windows, ahead) <- Seq(
      Seq(Window("", Some(-3L), Some(0L))) -> 0L,
      Seq(Window("", Some(-6L), Some(-2L))) -> -2L,
      Seq(Window("", None, Some(0L))) -> 0L,
      Seq(Window("", Some(1L), None)) -> 100L,
      Seq(Window("a", None, Some(-1L)), Window("b", Some(-2L), Some(2L)), Window("c", None, Some(2L))) -> 2L,
      Seq(Window("a", None, None), Window("b", Some(0L), Some(0L))) -> 100L
    )
    prevailing <- Seq(false, true)
    if !prevailing || windows.forall(_.lower.isDefined)
  } yield {
    val functions = Seq(
      Aggregated(Sum(v), false, None),
      Aggregated(First(w, ignoreNulls = true), false, None),
      Aggregated(Count(Seq(v)), true, None),
      Aggregated(CollectList(w), false, Some(GreaterThan(v, Literal(0))))
    )
    val results = functions.zipWithIndex.map { case (a, i) => BoundReference(i, a.function.dataType, true) }
    val columns = for (window <- windows; r <- results) yield AttributeReference(s"r${r.ordinal}", r.dataType)()
    val options = WindowOptions("window_join", windows, Closed.Both, prevailing, false)
    val shown = windows.map(w => s"${w.lower.getOrElse("")}..${w.upper.getOrElse("")}").mkString(" ")
    s"window $shown${if (prevailing) ", prevailing" else ""}" ->
      subject(WindowMerge(options, functions, results, columns, Seq(v, w)), ahead)
  }

  for ((name, s) <- asofs ++ windowed) {
    test(s"fresh: $name") {
      val one = trail(1, s)
      val other = trail(2, s)
      val machine = s.make()
      val states = Array(machine.newState(), machine.newState())
      val mixed =
        one.map(0 -> _).zipAll(other.map(1 -> _), null, null).flatMap { case (a, b) => Seq(a, b).filter(_ != null) }
      val answers = Array(ArrayBuffer.empty[String], ArrayBuffer.empty[String])
      mixed.foreach { case (k, event) => step(s, machine, states(k), event).foreach(a => answers(k) += a) }
      assert(answers(0).toSeq == alone(s, one))
      assert(answers(1).toSeq == alone(s, other))
    }

    test(s"causal: $name: an answer is the same with and without the rows to come, and asking changes nothing") {
      val events = trail(3, s)
      val all = alone(s, events)
      val asked = events.indices.filter(events(_).left)
      for ((at, i) <- asked.zipWithIndex) {
        val machine = s.make()
        val state = machine.newState()
        events.take(at).filterNot(_.left).foreach(e => step(s, machine, state, e))
        assert(step(s, machine, state, events(at)) == Some(all(i)))
        assert(step(s, machine, state, events(at)) == Some(all(i)))
      }
    }

    test(s"lent rows: $name") {
      val events = trail(4, s)
      val machine = s.make()
      val state = machine.newState()
      val lent = UnsafeRow.createFromByteArray(64, 3)
      val answers = events.flatMap { e =>
        if (e.left) step(s, machine, state, e)
        else {
          lent.copyFrom(s.right(e))
          machine.absorb(state, lent)
          lent.setInt(1, -99)
          lent.setInt(2, -99)
          None
        }
      }
      assert(answers == alone(s, events))
    }

    test(s"order: $name: rows of one time in any order") {
      val events = trail(5, s)
      val expected = alone(s, events)
      for (seed <- 1 to 5) assert(alone(s, shuffledWithin(events, seed)) == expected)
    }

    test(s"portable: $name: a state is what its rows make") {
      val events = trail(6, s)
      val expected = alone(s, events)
      val machine = s.make()
      var state = machine.newState()
      val answers = events.flatMap { e =>
        val next = machine.newState()
        state.rows.foreach(machine.absorb(next, _))
        state = next
        step(s, machine, state, e)
      }
      assert(answers == expected)
    }

    test(s"sliced: $name: a slice of time with its halo is answered by itself") {
      val events = trail(7, s)
      val expected = alone(s, events)
      val cuts = Seq(4L, 5L, 11L, 17L)
      val slices = for (i <- 0 to cuts.size) yield {
        val own = events.filter(e => e.left && cuts.count(_ <= e.ts) == i)
        alone(s, inOrder(s, own ++ haloOf(s, events.filterNot(_.left), cuts, i)))
      }
      val asked = events.filter(_.left)
      val bySlice = for (i <- 0 to cuts.size; e <- asked if cuts.count(_ <= e.ts) == i) yield e
      assert(bySlice.zip(slices.flatten).map(_._2).sorted == expected.sorted)
      assert(slices.map(_.size).sum == asked.size)
    }
  }
}

object MachineLaws {
  val ts: AttributeReference = AttributeReference("ts", LongType)()
  val px: AttributeReference = AttributeReference("px", IntegerType)()
  val at: AttributeReference = AttributeReference("at", LongType)()
  val v: AttributeReference = AttributeReference("v", IntegerType)()
  val w: AttributeReference = AttributeReference("w", IntegerType)()

  /** A row of one key: a left row to answer (ts, px), or a right row to absorb (ts, v, w). */
  final case class Event(left: Boolean, ts: Long, a: Option[Int], b: Option[Int])

  /** A machine to test: how to make one, what its rows look like, which way its time runs, and how far ahead of a left
    * row the right rows have come before it is asked.
    */
  final case class Subject(
      make: () => MergeMachine,
      left: Event => UnsafeRow,
      right: Event => UnsafeRow,
      types: Seq[DataType],
      reverse: Boolean,
      ahead: Long,
      halo: Halo,
      sides: Sides
  )

  def subject(merge: Merge, ahead: Long = 0): Subject = {
    val sides = Sides(Seq(ts, px), Seq(at, v, w), ts, at)
    def right(e: Event): UnsafeRow = row(sides.right, Seq(e.ts, e.a.map(Int.box).orNull, e.b.map(Int.box).orNull))
    def left(e: Event): UnsafeRow = row(sides.left, Seq(e.ts, e.a.map(Int.box).orNull))
    merge.passes match {
      case once: Passes.Once =>
        val types = merge.output(sides.left, sides.right).drop(sides.left.size).map(_.dataType)
        Subject(() => once.machine(sides).make(InMemory), left, right, types, merge.reverse, ahead, merge.halo, sides)
      case twice: Passes.Twice =>
        // The first pass: the second one's candidates are kept by the same classes as the forward machine's.
        Subject(
          () => twice.first(sides).make(InMemory),
          left,
          right,
          twice.stamped(sides),
          false,
          ahead,
          merge.halo,
          sides
        )
    }
  }

  private def row(columns: Seq[Attribute], values: Seq[Any]): UnsafeRow =
    UnsafeProjection.create(columns.map(_.dataType).toArray)(new GenericInternalRow(values.toArray)).copy()

  /** Events of one key in time order, right rows before left rows of the same time; ties and nulls are common. */
  def trail(seed: Int, s: Subject): Seq[Event] = {
    val random = new Random(seed)
    def some: Option[Int] = if (random.nextInt(4) == 0) None else Some(random.nextInt(5))
    inOrder(s, Seq.fill(60)(Event(random.nextBoolean(), random.nextInt(20).toLong, some, some)))
  }

  def inOrder(s: Subject, events: Seq[Event]): Seq[Event] = events.sortBy { e =>
    val come = if (e.left) e.ts + s.ahead else e.ts
    (if (s.reverse) -come else come, e.left, if (s.reverse) -e.ts else e.ts)
  }

  /** The right rows that a slice needs, by the machine's halo: those in reach, and what is remembered of the slices on
    * either side.
    */
  def haloOf(s: Subject, rights: Seq[Event], cuts: Seq[Long], slice: Int): Seq[Event] = {
    def moved(e: Event, by: Distance, end: Int): Int = by match {
      case Distance.None => cuts.count(_ <= e.ts)
      case Distance.By(d) => cuts.count(_ <= e.ts + d.asInstanceOf[Long])
      case Distance.Endless => end
    }
    def from(e: Event): Int = moved(e, s.halo.earliest, 0)
    def to(e: Event): Int = moved(e, s.halo.latest, cuts.size)
    def told(by: Option[Sides => Remembering], which: Event => Boolean): Seq[Event] = by.toSeq.flatMap { make =>
      val candidates = make(s.sides).make()
      val state = candidates.newState()
      new Random(slice).shuffle(rights.filter(which)).foreach(e => candidates.absorb(state, s.right(e)))
      state.rows.map { r =>
        def value(i: Int): Option[Int] = if (r.isNullAt(i)) None else Some(r.getInt(i))
        Event(left = false, r.getLong(0), value(1), value(2))
      }.toSeq
    }
    rights.filter(e => from(e) <= slice && slice <= to(e)) ++
      told(s.halo.before, to(_) < slice) ++ told(s.halo.after, from(_) > slice)
  }

  def step(s: Subject, machine: MergeMachine, state: KeyState, e: Event): Option[String] =
    if (e.left) Some(show(machine.answer(state, s.left(e)), s.types))
    else {
      machine.absorb(state, s.right(e))
      None
    }

  def alone(s: Subject, events: Seq[Event]): Seq[String] = {
    val machine = s.make()
    val state = machine.newState()
    events.flatMap(step(s, machine, state, _))
  }

  def shuffledWithin(events: Seq[Event], seed: Int): Seq[Event] = {
    val random = new Random(seed)
    val groups = events.map(e => (e.ts, e.left)).distinct
    groups.flatMap { case group @ (_, left) =>
      val same = events.filter(e => (e.ts, e.left) == group)
      if (left) same else random.shuffle(same)
    }
  }

  private def show(answer: InternalRow, types: Seq[DataType]): String =
    if (answer == null) "-"
    else
      types.indices
        .map(i => String.valueOf(CatalystTypeConverters.convertToScala(answer.get(i, types(i)), types(i))))
        .mkString(",")

  /** Logs without a task. */
  object InMemory extends RowLogs {
    def open(columns: Int): RowLog = new RowLog {
      private val kept = ArrayBuffer.empty[UnsafeRow]
      def append(row: UnsafeRow): Unit = kept += row.copy()
      def newestFirst: Iterator[UnsafeRow] = kept.reverseIterator
      def oldestFirst: Iterator[UnsafeRow] = kept.iterator
      def forget(stale: UnsafeRow => Boolean): Unit = while (kept.nonEmpty && stale(kept.head)) kept.remove(0)
      def size: Int = kept.size
      def bytes: Long = 0L
      def close(): Unit = kept.clear()
    }
  }
}

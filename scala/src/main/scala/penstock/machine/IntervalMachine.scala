package penstock.machine

import org.apache.spark.sql.catalyst.expressions.UnsafeRow
import org.apache.spark.sql.catalyst.expressions.{BasePredicate, JoinedRow}

/** Which of a left row's matches leave with it. */
sealed abstract class Mult(val name: String) extends Serializable

object Mult {
  case object All extends Mult("all")

  /** The one that starts first; of several the one that ends first, then by ties. */
  case object First extends Mult("first")
  case object Last extends Mult("last")
  val all: Seq[Mult] = Seq(All, First, Last)
}

/** Pairs rows whose intervals match.
  *
  * A left row's verdict (it leaves unmatched, or with the best of its matches) falls when its life ends; one that needs
  * no more matches leaves the active rows at once.
  *
  * @param guard
  *   the part of the condition that speaks of the left side only
  * @param condition
  *   the part that ties both sides together
  * @param ties
  *   decide between right rows of one interval
  */
private[machine] final class IntervalMachine(
    rules: IntervalRules,
    keep: Keep,
    mult: Mult,
    guard: Option[BasePredicate],
    condition: Option[BasePredicate],
    ties: Ties,
    carriage: Carriage
) extends SweepMachine {

  private final class Key extends SweepState {
    val lefts: ActiveRows = active(fromLeft = true)
    val rights: ActiveRows = active(fromLeft = false)
    def size: Int = lefts.size + rights.size
    def bytes: Long = IntervalMachine.KeyBytes + lefts.bytes + rights.bytes
  }

  private def active(fromLeft: Boolean): ActiveRows = {
    val ended: Active => Unit = if (fromLeft) judge else _ => ()
    if (keeper(fromLeft) && keeper(!fromLeft)) new Pile(rules, fromLeft, ended) else new ByEnd(rules, fromLeft, ended)
  }

  /** Whether rows of a side wait for later ones. One that must lie in another has met it when it comes. */
  private def keeper(fromLeft: Boolean): Boolean = rules.relation match {
    case Relation.Within => !fromLeft
    case Relation.Contains => fromLeft
    case _ => true
  }

  private val one = mult != Mult.All
  private val onlyOnce = keep == Keep.Semi || keep == Keep.Anti
  private val judged = one || keep == Keep.All || keep == Keep.Anti
  private val predicate: BasePredicate = condition.orNull
  private val joined = new JoinedRow

  /** Left rows whose lives have ended, and that leave by that. */
  private val leaving = new java.util.ArrayDeque[Active]

  private var key: Key = _
  private var arrived: Active = _
  private var isLeft = false
  private var enters = false
  private var copied = false // whether `arrived` holds its own row
  private var meeting: ActiveRows#Meeting = _

  var left: UnsafeRow = _
  var right: UnsafeRow = _
  var deferred: UnsafeRow = _

  val carried: Int = if (judged) 1 else 0

  def newState(): SweepState = new Key

  def arrive(state: SweepState, row: UnsafeRow, fromLeft: Boolean, enters: Boolean): Unit = {
    key = state.asInstanceOf[Key]
    arrived = if (fromLeft) carriage.unpack(row) else new Active(row)
    isLeft = fromLeft
    this.enters = enters
    copied = false
    deferred = null
    if (key != null && placed(arrived.row)) meeting = (if (fromLeft) key.rights else key.lefts).meet(arrived.row)
    else if (fromLeft) judge(arrived)
  }

  private def placed(row: UnsafeRow): Boolean =
    rules.placed(row, isLeft) && (!isLeft || guard.forall(_.eval(row)))

  def next(): Boolean = {
    var found = false
    while (!found && meeting != null) {
      val other = meeting.next()
      if (other == null) settle() else found = meet(other)
    }
    found || leave()
  }

  /** Gives the next of those that leave because their lives have ended. */
  private def leave(): Boolean = {
    val gone = leaving.poll()
    if (gone != null) {
      left = gone.row
      right = gone.best
    }
    gone != null
  }

  /** Whether the pair, or the left row of it, leaves now. */
  private def meet(other: Active): Boolean = {
    val l = if (isLeft) arrived else other
    val r = if (isLeft) other else arrived
    if (!rules.fits(l.row, r.row) || (predicate != null && !predicate.eval(joined(l.row, r.row)))) false
    else if (one) {
      weigh(l, r)
      false
    } else {
      l.matched = true
      left = l.row
      right = if (onlyOnce) null else r.row
      if (onlyOnce) part()
      keep != Keep.Anti
    }
  }

  /** The left row of the pair needs no more matches. */
  private def part(): Unit =
    if (isLeft) meeting = null else meeting.remove()

  /** Takes the right row as the best of the left row's matches, where it is. */
  private def weigh(l: Active, r: Active): Unit = {
    val c = if (l.best == null) 0 else compare(r.row, l.best)
    if (l.best == null || (if (mult == Mult.First) c < 0 else c > 0)) {
      val before = l.cost
      if (r eq arrived) own()
      l.best = r.row
      if (!isLeft) key.lefts.grown(l.cost - before)
    }
    l.matched = true
  }

  private def compare(a: UnsafeRow, b: UnsafeRow): Int = {
    val c = rules.compareRights(a, b)
    if (c != 0) c else ties.compare(a, b)
  }

  private def own(): Unit = if (!copied) {
    arrived.row = arrived.row.copy()
    copied = true
  }

  /** The row that arrived has met all that there were. */
  private def settle(): Unit = {
    meeting = null
    if (!enters) deferred = if (isLeft && judged) carriage.pack(arrived) else arrived.row
    else if (keeper(isLeft)) {
      own()
      (if (isLeft) key.lefts else key.rights).add(arrived)
    } else if (isLeft) judge(arrived)
  }

  /** What becomes of a left row whose life has ended. */
  private def judge(l: Active): Unit = if (judged) {
    val leaves = if (keep == Keep.Matched) l.best != null else !l.matched || l.best != null
    if (leaves) leaving.add(l)
  }

  def purge(state: SweepState, at: UnsafeRow, fromLeft: Boolean): Unit = {
    val k = state.asInstanceOf[Key]
    k.lefts.purge(at, fromLeft)
    k.rights.purge(at, fromLeft)
  }

  def end(state: SweepState): Unit = {
    val k = state.asInstanceOf[Key]
    k.lefts.clear()
    k.rights.clear()
  }
}

private object IntervalMachine {

  /** Two sets of active rows and what they are in. */
  private val KeyBytes = 320L
}

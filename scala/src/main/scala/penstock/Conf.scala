package penstock

import org.apache.spark.network.util.JavaUtils
import org.apache.spark.sql.internal.SQLConf

/** Every key that Penstock reads from a session's configuration. */
object Conf {

  /** A key.
    *
    * @param doc
    *   what it does, for the manual
    */
  final case class Key(name: String, default: String, doc: String)

  val StateMaxRows: Key = Key(
    "spark.penstock.state.maxRows",
    "0",
    "Right rows that one task of a merge in time may remember over all its keys before it goes on key by key, through " +
      "a sort that spills; in an interval join, rows of both sides that have begun and not ended, before it goes on in " +
      "rounds. 0: as many as the task's share of memory holds."
  )

  val JoinStrategy: Key = Key(
    "spark.penstock.join.strategy",
    "auto",
    "How the sides of a merge in time meet: 'hash' exchanges both by key, 'broadcast' sends the whole right side to " +
      "every task and leaves the left where it is, 'broadcast_left' sends the left keys and times to every task and exchanges " +
      "only right rows that may answer, 'slice' cuts time into slices and exchanges both sides by key and slice. 'auto' " +
      "broadcasts a side that is hinted or estimated below spark.sql.autoBroadcastJoinThreshold, the right one first, and " +
      "slices big inputs without a key, and keys with a large share of all rows."
  )

  val Slices: Key = Key(
    "spark.penstock.join.slices",
    "0",
    "Into how many slices of about equal work time is cut, where it is. 0: two for each of spark.sql.shuffle.partitions."
  )

  val SliceMinSize: Key = Key(
    "spark.penstock.join.sliceMinSize",
    "32m",
    "Estimated size of both inputs together below which 'auto' does not look for what to slice."
  )

  val PruneMinSize: Key = Key(
    "spark.penstock.join.pruneMinSize",
    "32m",
    "Estimated size of the right input from which its time is bounded by the range of a much smaller left input's, " +
      "which is read first for it. A negative size turns this off."
  )

  val AutoAttach: Key = Key(
    "spark.penstock.autoAttach",
    "true",
    "Whether the first Python call on a session that Penstock is not attached to attaches it."
  )

  val all: Seq[Key] = Seq(StateMaxRows, JoinStrategy, Slices, SliceMinSize, PruneMinSize, AutoAttach)

  /** The strategy that is asked for, of those known by name; None where it is chosen from the data. */
  def joinStrategy[A](conf: SQLConf, known: Seq[(String, A)]): Option[A] = {
    val text = conf.getConfString(JoinStrategy.name, JoinStrategy.default).trim.toLowerCase
    val asked = known.collectFirst { case (`text`, strategy) => strategy }
    if (asked.isEmpty && text != "auto")
      throw new IllegalArgumentException(
        s"${JoinStrategy.name} must be one of auto, ${known.map(_._1).mkString(", ")}, got '$text'"
      )
    asked
  }

  /** The number of slices that time is cut into. */
  def slices(conf: SQLConf): Int = {
    val asked = whole(conf, Slices, "slices")
    math.min(if (asked <= 0) 2L * conf.numShufflePartitions else asked, MaxSlices).toInt
  }

  /** Each slice of a hot key may get a row from each partition of the input. */
  private val MaxSlices = 1024L

  def sliceMinBytes(conf: SQLConf): Long = bytes(conf, SliceMinSize)

  def pruneMinBytes(conf: SQLConf): Long = bytes(conf, PruneMinSize, signed = true)

  private def bytes(conf: SQLConf, key: Key, signed: Boolean = false): Long = {
    val text = conf.getConfString(key.name, key.default).trim
    val negative = signed && text.startsWith("-")
    scala.util
      .Try(JavaUtils.byteStringAsBytes(if (negative) text.drop(1) else text) * (if (negative) -1 else 1))
      .getOrElse(throw new IllegalArgumentException(s"${key.name} must be a size such as 32m, got '$text'"))
  }

  /** The limit on remembered rows; Long.MaxValue where memory alone limits. */
  def stateMaxRows(conf: SQLConf): Long = {
    val rows = whole(conf, StateMaxRows, "rows")
    if (rows <= 0) Long.MaxValue else rows
  }

  private def whole(conf: SQLConf, key: Key, what: String): Long = {
    val text = conf.getConfString(key.name, key.default)
    scala.util
      .Try(text.trim.toLong)
      .getOrElse(throw new IllegalArgumentException(s"${key.name} must be a whole number of $what, got '$text'"))
  }
}

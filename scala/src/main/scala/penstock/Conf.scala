package penstock

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
      "a sort that spills. 0: as many as the task's share of memory holds."
  )

  val JoinStrategy: Key = Key(
    "spark.penstock.join.strategy",
    "auto",
    "How the sides of a merge in time meet: 'hash' exchanges both by key, 'broadcast' sends the whole right side to " +
      "every task and leaves the left where it is, 'auto' broadcasts a right side that is hinted or estimated below " +
      "spark.sql.autoBroadcastJoinThreshold."
  )

  val AutoAttach: Key = Key(
    "spark.penstock.autoAttach",
    "true",
    "Whether the first Python call on a session that Penstock is not attached to attaches it."
  )

  val all: Seq[Key] = Seq(StateMaxRows, JoinStrategy, AutoAttach)

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

  /** The limit on remembered rows; Long.MaxValue where memory alone limits. */
  def stateMaxRows(conf: SQLConf): Long = {
    val text = conf.getConfString(StateMaxRows.name, StateMaxRows.default)
    val rows = scala.util
      .Try(text.trim.toLong)
      .getOrElse(
        throw new IllegalArgumentException(s"${StateMaxRows.name} must be a whole number of rows, got '$text'")
      )
    if (rows <= 0) Long.MaxValue else rows
  }
}

package penstock.testkit

/** What columns are for, by name; all may be left out. The words are those of Python's `penstock.scenarios.Roles`.
  *
  * @param key
  *   the entity that a row is about
  * @param unique
  *   what identifies a row; where it is not said, the key and the time together
  * @param zone
  *   the zone of local times
  * @param delayMicros
  *   how late a row may arrive
  * @param windowMicros
  *   the width of the windows that rows are counted in
  */
final case class Roles(
    key: Seq[String] = Nil,
    unique: Seq[String] = Nil,
    time: Option[String] = None,
    arrival: Option[String] = None,
    interval: Option[(String, String)] = None,
    operation: Option[String] = None,
    others: Map[String, Seq[String]] = Map.empty,
    zone: String = "UTC",
    delayMicros: Long = 600000000L,
    windowMicros: Long = 3600000000L
) {

  def identity: Seq[String] =
    if (unique.nonEmpty) unique else if (key.isEmpty) Nil else (key ++ time).distinct

  /** The columns of a role; `others` has those that only narrow where an entry applies (`divisors`, `measured`, ...).
    */
  def named(role: String): Seq[String] = role match {
    case "time" => time.toSeq
    case "arrival" => arrival.toSeq
    case "operation" => operation.toSeq
    case "key" => key
    case other => others.getOrElse(other, Nil)
  }

  def all: Seq[String] = key ++ unique ++ time ++ arrival ++ operation ++ others.values.flatten
}

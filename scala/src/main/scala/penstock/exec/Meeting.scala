package penstock.exec

/** How the rows of both sides come to the tasks that merge them. What a row is matched with does not depend on it.
  *
  * Serializable, because Spark's sort sends the operators below it to the executors.
  */
sealed abstract class Meeting(val name: String) extends Serializable

object Meeting {

  /** Both sides exchanged by the hash of the key; one task where there is none. */
  case object Hash extends Meeting("hash")

  /** The right side whole in every task, the left side where it lies. */
  case object Broadcast extends Meeting("broadcast")

  val all: Seq[Meeting] = Seq(Hash, Broadcast)
}

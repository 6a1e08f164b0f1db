package penstock.exec

import org.apache.spark.sql.internal.SQLConf

import penstock.Conf

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

  /** As `Hash`, with the time of hot keys, or of all, cut into slices that are keys of their own. */
  case object Slices extends Meeting("slice")

  val all: Seq[Meeting] = Seq(Hash, Broadcast, Slices)

  /** The one that the session demands. */
  def asked(conf: SQLConf): Option[Meeting] = Conf.joinStrategy(conf, all.map(way => way.name -> way))

  /** The one that sizes speak for, before anything is known of keys. */
  def chosen(hinted: Boolean, rightBytes: BigInt, conf: SQLConf): Meeting = {
    val limit = conf.autoBroadcastJoinThreshold
    if (hinted || (limit > 0 && rightBytes <= limit)) Broadcast else Hash
  }
}

package penstock

import scala.collection.mutable.ArrayBuffer

import org.scalatest.events.{Event, TestFailed, TestSucceeded}
import org.scalatest.{Args, Reporter, Suite}

/** What became of a suite's tests, for tests of suites. */
final case class Reported(succeeded: Seq[String], failed: Seq[String], messages: Seq[String])

object Reported {
  def of(suite: Suite): Reported = {
    val events = ArrayBuffer.empty[Event]
    suite.run(None, Args(new Reporter { def apply(event: Event): Unit = events.synchronized(events += event) }))
    val failed = events.collect { case e: TestFailed => e }
    Reported(
      events.collect { case e: TestSucceeded => e.testName }.toSeq,
      failed.map(_.testName).toSeq,
      failed.map(_.message).toSeq
    )
  }
}

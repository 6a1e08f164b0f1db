package penstock.exec

import org.apache.spark.TaskContext
import org.apache.spark.sql.catalyst.expressions.{GenericInternalRow, UnsafeProjection, UnsafeRow}
import org.apache.spark.sql.penstockinternals.TaskInternals
import org.apache.spark.sql.types.{DataType, LongType, StringType}
import org.apache.spark.unsafe.types.UTF8String

import org.scalatest.funsuite.AnyFunSuite

import penstock.SharedSession

/** Logs in a real task: the same rows from either end, in memory and on disk. */
class SpillingLogSuite extends AnyFunSuite with SharedSession {

  /** Runs in a task, and gives back what it says. */
  private def inTask(body: (SpillingLogs, () => Long) => Seq[String]): Seq[String] =
    spark.sparkContext
      .parallelize(Seq(1), 1)
      .mapPartitions { _ =>
        var spilled = 0L
        val logs = new SpillingLogs(TaskInternals.memory(TaskContext.get()), n => spilled += n)
        try body(logs, () => spilled).iterator
        finally logs.close()
      }
      .collect()
      .toSeq

  test("rows come back from either end, some from disk") {
    val said = SpillingLogSuite.both(inTask)
    assert(said == Seq("true", "true", "true", "true"))
  }

  test("what was taken from the old end is gone from memory, some of it from disk") {
    assert(SpillingLogSuite.taking(inTask) == Seq("true", "true"))
  }

  test("what is stale is forgotten from the old end, and nothing else") {
    assert(SpillingLogSuite.forgetting(inTask) == Seq("true", "true"))
  }
}

object SpillingLogSuite {
  private type Body = (SpillingLogs, () => Long) => Seq[String]

  private def rows(n: Int): Iterator[UnsafeRow] = {
    val project = UnsafeProjection.create(Array[DataType](LongType, StringType))
    (0 until n).iterator.map(i =>
      project(new GenericInternalRow(Array[Any](i.toLong, UTF8String.fromString("x" * (i % 50)))))
    )
  }

  private def ids(read: Iterator[UnsafeRow]): Seq[Long] = read.map(_.getLong(0)).toVector

  def both(run: Body => Seq[String]): Seq[String] = run { (logs, spilled) =>
    val n = 200000
    val log = logs.open(2).asInstanceOf[SpillingLog]
    rows(n).foreach(log.append)
    val inMemory = ids(log.oldestFirst) == (0L until n.toLong)
    val freed = log.spill(Long.MaxValue)
    val up = ids(log.oldestFirst) == (0L until n.toLong)
    val down = ids(log.takeNewestFirst()) == (0L until n.toLong).reverse
    Seq(inMemory, freed > (4L << 20) && spilled() > n / 2, up, down).map(_.toString)
  }

  def taking(run: Body => Seq[String]): Seq[String] = run { (logs, _) =>
    val n = 200000
    val log = logs.open(2).asInstanceOf[SpillingLog]
    rows(n).foreach(log.append)
    log.spill(1L << 20)
    val read = ids(log.takeOldestFirst())
    Seq(read == (0L until n.toLong), ids(log.oldestFirst).isEmpty).map(_.toString)
  }

  def forgetting(run: Body => Seq[String]): Seq[String] = run { (logs, _) =>
    val log = logs.open(2).asInstanceOf[SpillingLog]
    rows(10000).foreach(log.append)
    log.forget(_.getLong(0) < 5000)
    val kept = ids(log.oldestFirst)
    Seq(kept == (kept.head to 9999L), kept.head > 0 && kept.head <= 5000).map(_.toString)
  }
}

package penstock.exec

import org.apache.spark.memory.{MemoryConsumer, MemoryMode, TaskMemoryManager}

/** Heap that an operator holds outside Spark's pages, told to the task's memory manager so that it counts.
  *
  * Asks in steps, because each request takes a lock that all tasks share.
  */
private[exec] class TaskAccount(memory: TaskMemoryManager)
    extends MemoryConsumer(memory, memory.pageSizeBytes, MemoryMode.ON_HEAP) {
  private var needed = 0L
  private var granted = 0L

  /** Adds to what is held (or takes away, where negative); false where the manager has no more to give. */
  def add(bytes: Long): Boolean = {
    needed += bytes
    if (needed > granted) granted += acquireMemory(math.max(needed - granted, TaskAccount.Step))
    needed <= granted
  }

  /** Takes away from what is held, and gives back what is granted for it. */
  def letGo(bytes: Long): Unit = {
    needed -= bytes
    trim()
  }

  /** Gives back half of what is granted while all of it is still held, to one who takes over what is held piece by
    * piece: a task that has less than half its share is never refused, so whoever that is can begin.
    */
  def lendHalf(): Unit = {
    val half = granted / 2
    if (half > 0) freeMemory(half)
    granted -= half
  }

  def release(): Unit = {
    if (granted > 0) freeMemory(granted)
    granted = 0
    needed = 0
  }

  /** Gives back what is granted and no longer needed. */
  def trim(): Unit = {
    val spare = granted - math.max(needed, 0)
    if (spare > TaskAccount.Step) {
      freeMemory(spare)
      granted -= spare
    }
  }

  /** Nothing to give at another's request: what can move to disk does so in its own time. */
  override def spill(size: Long, trigger: MemoryConsumer): Long = 0L
}

private[exec] object TaskAccount {
  private val Step = 1L << 20
}

package penstock.exec

import java.io._

import org.apache.spark.memory.MemoryConsumer
import org.apache.spark.sql.catalyst.expressions.UnsafeRow
import org.apache.spark.sql.penstockinternals.TaskInternals
import org.apache.spark.storage.BlockId
import org.apache.spark.unsafe.Platform

import penstock.machine.{RowLog, RowLogs}

/** The logs of one task: they share an account, and go to disk oldest first when it is empty or another operator of the
  * task needs the memory.
  */
private[exec] final class SpillingLogs(memory: org.apache.spark.memory.TaskMemoryManager, spilled: Long => Unit)
    extends RowLogs {

  private val open = new java.util.LinkedHashSet[SpillingLog]

  private val account = new TaskAccount(memory) {
    override def spill(size: Long, trigger: MemoryConsumer): Long =
      // Asked on our own behalf, `hold` spills by itself, where it knows which chunk is being written.
      if (trigger eq this) 0L else SpillingLogs.this.spill(size)
  }

  def open(columns: Int): RowLog = {
    val log = new SpillingLog(columns, this)
    open.add(log)
    log
  }

  private[exec] def forget(log: SpillingLog): Unit = open.remove(log)

  /** Counts `bytes` as held; where there are none left, older chunks leave memory first. */
  private[exec] def hold(bytes: Long): Unit =
    if (!account.add(bytes)) {
      spill(math.max(bytes, 4L << 20))
      account.add(0L): Unit
    }

  private[exec] def letGo(bytes: Long): Unit = account.letGo(bytes)

  private def spill(size: Long): Long = {
    var freed = 0L
    val logs = open.iterator
    while (freed < size && logs.hasNext) freed += logs.next().spill(size - freed)
    account.trim()
    freed
  }

  private[exec] def written(rows: Long): Unit = spilled(rows)

  def close(): Unit = {
    new java.util.ArrayList(open).forEach(_.close())
    account.release()
  }
}

/** Rows one behind another in chunks that double from 1 KB to 1 MB; all but the newest chunk may lie on disk. */
private[exec] final class SpillingLog(columns: Int, logs: SpillingLogs) extends RowLog {
  import SpillingLog._

  private var chunks = new java.util.ArrayDeque[Chunk]
  private var file: (BlockId, File) = _
  private var count = 0
  private var held = 0L // heap of all chunks but the newest: what could leave it

  def size: Int = count
  def bytes: Long = 128L + (if (chunks.isEmpty) 0L else chunks.peekLast.heap)

  def append(row: UnsafeRow): Unit = {
    val needed = row.getSizeInBytes
    var last = chunks.peekLast
    if (last == null || last.data == null || last.used + needed > last.data.length) {
      val length = math.max(needed, if (last == null) First else math.min(Largest, 2 * math.max(last.used, First / 2)))
      last = new Chunk(new Array[Byte](length))
      if (!chunks.isEmpty) charge(chunks.peekLast.heap)
      chunks.addLast(last)
    }
    Platform.copyMemory(
      row.getBaseObject,
      row.getBaseOffset,
      last.data,
      Platform.BYTE_ARRAY_OFFSET + last.used,
      needed.toLong
    )
    last.add(needed)
    count += 1
  }

  def newestFirst: Iterator[UnsafeRow] = read(chunks.descendingIterator, c => new Newest(c), release = false)

  /** As [[newestFirst]], but what was read is gone. */
  def takeNewestFirst(): Iterator[UnsafeRow] = read(chunks.descendingIterator, c => new Newest(c), release = true)

  def oldestFirst: Iterator[UnsafeRow] = read(chunks.iterator, c => new Oldest(c), release = false)

  /** As [[oldestFirst]], but what was read is gone. */
  def takeOldestFirst(): Iterator[UnsafeRow] = read(chunks.iterator, c => new Oldest(c), release = true)

  def forget(stale: UnsafeRow => Boolean): Unit = {
    val row = new UnsafeRow(columns)
    while (chunks.size > 1 && chunks.peekFirst.inMemory && stale(chunks.peekFirst.at(chunks.peekFirst.rows - 1, row))) {
      discard(chunks.pollFirst())
    }
  }

  /** Writes full chunks to disk, oldest first, until so many bytes are free; gives how many are. */
  private[exec] def spill(size: Long): Long = {
    var freed = 0L
    val each = chunks.iterator
    while (freed < size && each.hasNext) {
      val chunk = each.next()
      if (chunk.inMemory && (chunk ne chunks.peekLast)) {
        if (file == null) file = TaskInternals.temporaryFile()
        val before = chunk.heap
        chunk.write(file)
        charge(chunk.heap - before)
        freed += before - chunk.heap
        logs.written(chunk.rows.toLong)
      }
    }
    freed
  }

  def close(): Unit = {
    charge(-held)
    chunks = new java.util.ArrayDeque[Chunk]
    count = 0
    if (file != null && !file._2.delete()) file._2.deleteOnExit()
    file = null
    logs.forget(this)
  }

  private def read(each: java.util.Iterator[Chunk], cursor: Chunk => Cursor, release: Boolean): Iterator[UnsafeRow] =
    new Iterator[UnsafeRow] {
      private val row = new UnsafeRow(columns)
      private var current: Cursor = _
      private var from: Chunk = _

      def hasNext: Boolean = {
        while ((current == null || !current.hasNext) && each.hasNext) {
          if (release && from != null) discard(from)
          from = each.next()
          current = cursor(from.loaded(file))
          if (release) each.remove()
        }
        current != null && current.hasNext
      }

      def next(): UnsafeRow = {
        if (!hasNext) throw new NoSuchElementException("no more rows in the log")
        current.point(row)
      }
    }

  private def discard(chunk: Chunk): Unit = {
    charge(-math.min(held, chunk.heap)) // the newest was never charged
    count -= chunk.rows
  }

  private def charge(bytes: Long): Unit = {
    held += bytes
    if (bytes > 0) logs.hold(bytes) else logs.letGo(-bytes)
  }
}

private object SpillingLog {
  private val First = 1 << 10
  private val Largest = 1 << 20

  /** Some rows' bytes and where each ends; without `data` they lie in the log's file. */
  private final class Chunk(var data: Array[Byte]) {
    private var ends = new Array[Int](8)
    private var position = 0L
    private var length = 0
    var rows = 0
    var used = 0

    def inMemory: Boolean = data != null
    def heap: Long = 80L + (if (data == null) 0 else data.length) + 4L * ends.length

    def add(size: Int): Unit = {
      if (rows == ends.length) ends = java.util.Arrays.copyOf(ends, 2 * rows)
      used += size
      ends(rows) = used
      rows += 1
    }

    def at(i: Int, row: UnsafeRow): UnsafeRow = {
      val start = if (i == 0) 0 else ends(i - 1)
      row.pointTo(data, Platform.BYTE_ARRAY_OFFSET + start.toLong, ends(i) - start)
      row
    }

    def write(file: (BlockId, File)): Unit = {
      val raw = new FileOutputStream(file._2, true)
      try {
        position = raw.getChannel.size
        val counted = new ByteArrayOutputStream(used / 2 + 64)
        val out = TaskInternals.wrap(file._1, counted)
        out.write(data, 0, used)
        out.close()
        counted.writeTo(raw)
        length = counted.size
      } finally raw.close()
      data = null
    }

    /** These rows with their bytes in memory, for one reader; stays whole when the chunk itself goes to disk. */
    def loaded(file: (BlockId, File)): Chunk = {
      val copy = new Chunk(if (inMemory) data else read(file))
      copy.ends = ends
      copy.rows = rows
      copy.used = used
      copy
    }

    private def read(file: (BlockId, File)): Array[Byte] = {
      val raw = new RandomAccessFile(file._2, "r")
      val stored = new Array[Byte](length)
      try {
        raw.seek(position)
        raw.readFully(stored)
      } finally raw.close()
      val bytes = new Array[Byte](used)
      val in = new DataInputStream(TaskInternals.wrap(file._1, new ByteArrayInputStream(stored)))
      try in.readFully(bytes)
      finally in.close()
      bytes
    }
  }

  private abstract class Cursor {
    def hasNext: Boolean
    def point(row: UnsafeRow): UnsafeRow
  }

  private final class Newest(chunk: Chunk) extends Cursor {
    private var i = chunk.rows
    def hasNext: Boolean = i > 0
    def point(row: UnsafeRow): UnsafeRow = {
      i -= 1
      chunk.at(i, row)
    }
  }

  private final class Oldest(chunk: Chunk) extends Cursor {
    private val n = chunk.rows
    private var i = 0
    def hasNext: Boolean = i < n
    def point(row: UnsafeRow): UnsafeRow = {
      i += 1
      chunk.at(i - 1, row)
    }
  }
}

package org.apache.spark.sql.penstockinternals

import java.io.{File, InputStream, OutputStream}

import org.apache.spark.{SparkEnv, TaskContext}
import org.apache.spark.memory.TaskMemoryManager
import org.apache.spark.storage.BlockId

/** What Spark keeps private of a running task, and is the same on every line: memory, pages, temporary files. */
object TaskInternals {

  def memory(context: TaskContext): TaskMemoryManager = context.taskMemoryManager()

  def pageSize: Long = SparkEnv.get.memoryManager.pageSizeBytes

  /** A new file among Spark's own temporary ones, with the id its streams are wrapped by. */
  def temporaryFile(): (BlockId, File) = {
    val (id, file) = SparkEnv.get.blockManager.diskBlockManager.createTempLocalBlock()
    (id, file)
  }

  /** Compressed and encrypted as the session demands of everything that spills. */
  def wrap(id: BlockId, out: OutputStream): OutputStream = SparkEnv.get.serializerManager.wrapStream(id, out)

  def wrap(id: BlockId, in: InputStream): InputStream = SparkEnv.get.serializerManager.wrapStream(id, in)
}

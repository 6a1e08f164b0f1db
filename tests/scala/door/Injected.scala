package org.apache.spark.sql.penstockinternals

import org.apache.spark.sql.SparkSessionExtensions
import org.apache.spark.sql.catalyst.analysis.SimpleTableFunctionRegistry

/** Looks into what an extension injected, which Spark keeps private. */
object Injected {
  def tableFunctions(extensions: SparkSessionExtensions): Seq[String] = {
    val registry = new SimpleTableFunctionRegistry
    extensions.registerTableFunctions(registry)
    registry.listFunction().map(_.funcName)
  }
}

package penstock

import org.apache.spark.sql.{SparkSessionExtensions, SparkSessionExtensionsProvider}
import org.apache.spark.sql.catalyst.FunctionIdentifier
import org.apache.spark.sql.penstockinternals.SparkInternals
import org.slf4j.LoggerFactory
import penstock.contract.Transform
import penstock.door.{Gate, Names, SqlDoor}
import penstock.registry.{Planning, Providers, Transforms}

/** Registers Penstock while a session is being built: `spark.sql.extensions=penstock.PenstockExtensions`, or nothing at
  * all where the JAR is on the start-up class path, since Spark finds it by ServiceLoader.
  */
class PenstockExtensions extends SparkSessionExtensionsProvider {

  // Configured by name and found by ServiceLoader, it is applied twice; the second time changes nothing.
  def apply(extensions: SparkSessionExtensions): Unit = if (PenstockExtensions.first(extensions)) {
    Gate.check(org.apache.spark.SPARK_VERSION)
    PenstockExtensions.inject(extensions, Transforms.all, Planning.own)
  }
}

object PenstockExtensions {
  private val log = LoggerFactory.getLogger("penstock")
  private val seen =
    java.util.Collections.synchronizedMap(new java.util.WeakHashMap[SparkSessionExtensions, java.lang.Boolean])

  private def first(extensions: SparkSessionExtensions): Boolean = seen.put(extensions, true) == null

  private[penstock] def inject(extensions: SparkSessionExtensions, own: Seq[Transform], planning: Planning): Unit = {
    val team = Providers.find(Seq(getClass.getClassLoader, Thread.currentThread.getContextClassLoader), own)
    team.problems.foreach(p => log.warn(p.text))
    val bare = own.filterNot(t => SparkInternals.builtinTableFunction(t.name))
    val doors = own.map(t => Names.always(t) -> SqlDoor.own(t)) ++ bare.map(t => t.name -> SqlDoor.own(t)) ++
      team.offers.map(o => o.transform.name -> new SqlDoor(o.transform, o.by))
    doors.foreach { case (name, door) =>
      // the plain name on every line: 4.2 puts it where built-in functions belong, and drops one that says a place
      extensions.injectTableFunction((FunctionIdentifier(name), SqlDoor.info(name, door.transform), door))
    }
    planning.strategies.foreach(strategy => extensions.injectPlannerStrategy(_ => strategy))
    planning.rules.foreach(rule => extensions.injectOptimizerRule(_ => rule))
    planning.lastRules.foreach(rule => extensions.injectPreCBORule(_ => rule))
  }
}

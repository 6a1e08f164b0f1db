package penstock.door

import org.apache.spark.sql.{SparkSession, SparkSessionExtensions, SparkSessionExtensionsProvider}
import org.apache.spark.sql.penstockinternals.{Injected, SparkInternals}
import org.scalatest.funsuite.AnyFunSuite
import penstock.{PenstockExtensions, SharedSession}
import penstock.contract.{Transform, TransformProvider}

/** Registering while a session is being built. */
class ExtensionSuite extends AnyFunSuite with SharedSession {

  /** A session with the demo injected the way PenstockExtensions injects what is Penstock's own. */
  private def built(): SparkSession = {
    spark // the context is there
    SparkSession.clearActiveSession()
    SparkSession.clearDefaultSession()
    try
      SparkSession
        .builder()
        .withExtensions(e => PenstockExtensions.inject(e, Demo.transforms, Demo.planning))
        .getOrCreate()
    finally {
      SparkSession.setDefaultSession(spark)
      SparkSession.setActiveSession(spark)
    }
  }

  test("a session built with the extension can call at once, and attaching adds nothing") {
    val session = built()
    val query = "SELECT * FROM demo_pass(TABLE(SELECT 5 AS x), on => 'x')"
    assert(rows(session.sql(query)) == Seq("5"))
    val function = SparkInternals.tableFunction(session, "penstock_demo_pass").get._2
    Demo.attach(session)
    assert(SparkInternals.tableFunction(session, "penstock_demo_pass").get._2 eq function)
    assert(SparkInternals.experimental(session).extraStrategies.isEmpty)
    assert(rows(session.sql(query)) == Seq("5"))
    assert(rows(session.newSession().sql(query)) == Seq("5"))
  }

  test("Spark finds the extension by ServiceLoader") {
    import scala.collection.JavaConverters._
    val found = java.util.ServiceLoader.load(classOf[SparkSessionExtensionsProvider]).asScala.map(_.getClass).toSeq
    assert(found.contains(classOf[PenstockExtensions]))
  }

  test("applied twice it injects once, teams' transforms too") {
    val extensions = new SparkSessionExtensions
    ProviderFiles.withProviders(classOf[Extended]) {
      new PenstockExtensions().apply(extensions)
      new PenstockExtensions().apply(extensions)
    }
    assert(Injected.tableFunctions(extensions).count(_ == "extended") == 1)
  }
}

class Extended extends TransformProvider {
  def transforms: Seq[Transform] =
    Seq(Transform.of("extended", "From a provider.", Seq("rows"), Seq())((in, _) => in("rows")))
}

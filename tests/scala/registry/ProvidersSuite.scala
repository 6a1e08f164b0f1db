package penstock.registry

import org.scalatest.funsuite.AnyFunSuite
import penstock.SharedSession
import penstock.contract.{Kind, Param, Transform, TransformProvider}
import penstock.door.{Attach, Calls, Demo, ProviderFiles}

class ProvidersSuite extends AnyFunSuite with SharedSession {

  private def find(providers: String*): Providers.Found =
    Providers.find(Seq(ProviderFiles.loader(providers: _*)), Demo.transforms)

  private def problem(providers: String*)(code: String, words: String*): Unit = {
    val found = find(providers: _*)
    assert(found.problems.map(_.code) == Seq(code))
    words.foreach(w => assert(found.problems.head.text.contains(w)))
  }

  private def name(c: Class[_]): String = c.getName

  test("a provider's transforms are found, once through any number of loaders") {
    val loader = ProviderFiles.loader(name(classOf[Good]))
    val found = Providers.find(Seq(loader, loader, ProviderFiles.loader(name(classOf[Good])), null), Demo.transforms)
    assert(found.offers.map(_.transform.name) == Seq("good_one", "good_two") && found.problems.isEmpty)
  }

  test("a provider that throws is named, and the others are there") {
    val found = find(name(classOf[Throwing]), name(classOf[Good]), name(classOf[ThrowingLater]))
    assert(found.offers.size == 2)
    assert(found.problems.map(_.code) == Seq("provider-failed", "provider-failed"))
    assert(
      found.problems.head.text.contains("penstock.registry.Throwing") && found.problems.head.text.contains("no licence")
    )
    assert(
      found.problems(1).text.contains("penstock.registry.ThrowingLater") && found.problems(1).text.contains("no table")
    )
  }

  test("a provider that is not there, or is none") {
    problem("team.Missing")("provider-failed", "team.Missing")
    problem("penstock.door.Gate")("provider-failed", "penstock.door.Gate")
  }

  test("a name of Penstock's own is refused") {
    problem(name(classOf[Taking]))("name-taken", "demo_pass", "penstock.registry.Taking", "Penstock itself")
  }

  test("a name that two providers offer belongs to neither, whatever the order") {
    val there = find(name(classOf[Good]), name(classOf[Rival]))
    val back = find(name(classOf[Rival]), name(classOf[Good]))
    assert(there.offers.map(_.transform.name) == Seq("good_two"))
    assert(back.offers.map(_.transform.name) == Seq("good_two"))
    Seq(there, back).foreach { found =>
      assert(found.problems.map(_.code) == Seq("name-taken"))
      Seq("good_one", "Good", "Rival").foreach(w => assert(found.problems.head.text.contains(w)))
    }
  }

  test("a transform that cannot be called is named with the reason") {
    problem(name(classOf[Spaced]))("bad-transform", "my transform", "letters")
    problem(name(classOf[Doubled]))("bad-transform", "doubled", "named 'rows'")
    problem(name(classOf[Sourceless]))("bad-transform", "sourceless", "no input")
  }

  test("a team's transforms come in with attach; one that arrives later comes in with the next call") {
    val session = spark.newSession()
    val orders = session.range(3).toDF("id")
    val (codes, text) = refusal(Calls.frame(session, "good_one", Seq(orders), Map()))
    assert(codes.head == "unknown-transform" && text.contains("good_one"))
    ProviderFiles.withProviders(classOf[Good], classOf[Throwing]) {
      assert(rows(Calls.frame(session, "good_one", Seq(orders), Map())) == Seq("0", "1", "2"))
      val attached = Attach(session)
      assert(attached.team.map(_.name) == Seq("good_one", "good_two"))
      assert(attached.json(session).contains("no licence"))
      val (_, unknown) = refusal(Calls.frame(session, "good_three", Seq(orders), Map()))
      assert(unknown.contains("good_two") && unknown.contains("no licence"))
    }
    assert(rows(session.sql("SELECT * FROM good_two(TABLE(SELECT 7 AS x))")) == Seq("7"))
  }

  test("a team's name that somebody's function has is reported, and that function stays") {
    val session = spark.newSession()
    val taken = org.apache.spark.sql.penstockinternals.SparkInternals
    val info = new org.apache.spark.sql.catalyst.expressions.ExpressionInfo("theirs.Function", "good_one")
    taken.register(session, "good_one", info, _ => org.apache.spark.sql.catalyst.plans.logical.OneRowRelation())
    ProviderFiles.withProviders(classOf[Good]) {
      val attached = Attach(session)
      assert(attached.team.map(_.name) == Seq("good_two"))
      assert(attached.problems.map(_.code) == Seq("function-exists"))
    }
    assert(taken.tableFunction(session, "good_one").get._1.getClassName == "theirs.Function")
  }
}

abstract class Providing(names: String*) extends TransformProvider {
  def transforms: Seq[Transform] =
    names.map(n => Transform.of(n, s"Give $n.", Seq("rows"), Seq())((in, _) => in("rows")))
}

class Good extends Providing("good_one", "good_two")
class Rival extends Providing("GOOD_ONE")
class Taking extends Providing("demo_pass")
class Spaced extends Providing("my transform")
class Throwing extends Providing("never") { throw new IllegalStateException("no licence") }
class ThrowingLater extends TransformProvider { def transforms: Seq[Transform] = sys.error("no table") }
class Sourceless extends TransformProvider {
  def transforms: Seq[Transform] = Seq(Transform.of("sourceless", "None.", Seq(), Seq())((_, _) => sys.error("never")))
}
class Doubled extends TransformProvider {
  private val rows = Param.optional("rows", Kind.Text, "Also the input's name.")
  def transforms: Seq[Transform] = Seq(Transform.of("doubled", "Twice.", Seq("rows"), Seq(rows))((in, _) => in("rows")))
}

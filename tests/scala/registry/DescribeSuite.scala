package penstock.registry

import com.fasterxml.jackson.databind.{JsonNode, ObjectMapper}
import org.scalatest.funsuite.AnyFunSuite
import penstock.contract.Refusal
import penstock.door.Demo

/** The registry as JSON, read back by a JSON library. */
class DescribeSuite extends AnyFunSuite {
  private val odd = Refusal("odd", "a \"quote\", a \\, a\ttab,\na line, \u0001 and ü")
  private val json: JsonNode =
    new ObjectMapper().readTree(Describe.json("4.1.3", Demo.transforms, Seq(), Seq(odd)))

  test("what the JAR is and what it runs on") {
    assert(json.get("version").asText == Build.version)
    assert(json.get("spark").asText == Build.spark && json.get("scala").asText == Build.scala)
    assert(json.get("sparkRuntime").asText == "4.1.3")
    assert(json.get("scalaRuntime").asText.startsWith(Build.scala))
  }

  test("a transform") {
    val pass = json.get("transforms").get(0)
    assert(pass.get("name").asText == "demo_pass" && pass.get("own").asBoolean)
    assert(pass.get("inputs").toString == """["rows"]""" && pass.get("limits").toString == "[]")
    assert(
      pass.get("params").get(1).toString ==
        """{"name":"keep","type":"choice","choices":["all","none"],"required":false,"default":"all","doc":"What stays."}"""
    )
  }

  test("defaults are JSON values") {
    val params = json.get("transforms").get(2).get("params")
    assert(params.get(0).get("default").isNull)
    assert(params.get(9).get("default").toString == """["a","b"]""")
    assert(
      Json.write(Seq(1L, 2.5, true, None, Some("x"), java.time.Duration.ofMinutes(5), Double.NaN)) ==
        """[1,2.5,true,null,"x","PT5M","NaN"]"""
    )
  }

  test("texts come back as they were") {
    assert(json.get("problems").get(0).get("text").asText == odd.text)
  }
}

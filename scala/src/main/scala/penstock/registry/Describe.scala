package penstock.registry

import penstock.contract.{Param, Refusal, Transform}

/** The registry as data: what the manual, the Python parity test and `penstock stubs` read. */
object Describe {

  def json(sparkRuntime: String, own: Seq[Transform], team: Seq[Transform], problems: Seq[Refusal]): String =
    Json.write(
      Json.Obj(
        "version" -> Build.version,
        "spark" -> Build.spark,
        "scala" -> Build.scala,
        "sparkRuntime" -> sparkRuntime,
        "scalaRuntime" -> scala.util.Properties.versionNumberString,
        "transforms" -> (own.map(transform(_, own = true)) ++ team.map(transform(_, own = false))),
        "problems" -> problems.map(refusal)
      )
    )

  def refusal(r: Refusal): Json.Obj = Json.Obj("code" -> r.code, "text" -> r.text)

  private def transform(t: Transform, own: Boolean): Json.Obj = Json.Obj(
    "name" -> t.name,
    "summary" -> t.summary,
    "inputs" -> t.inputs,
    "limits" -> t.limits,
    "own" -> own,
    "params" -> t.params.map(param)
  )

  private def param(p: Param[_]): Json.Obj = Json.Obj(
    "name" -> p.name,
    "type" -> p.kind.name,
    "choices" -> p.kind.choices,
    "required" -> p.required,
    "default" -> p.default,
    "doc" -> p.doc
  )
}

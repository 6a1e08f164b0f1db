package penstock.contract

import penstock.Errors

/** The arguments of one call, read and typed. `null` (SQL NULL, Python None) means "not given". */
final class Args private (values: Map[String, Any]) {

  /** The value of a parameter that is required or has a default. */
  def apply[A](param: Param[A]): A = get(param).getOrElse(
    throw new NoSuchElementException(s"parameter ${param.name} has no value and no default")
  )

  /** The value given, else the default, else None. */
  def get[A](param: Param[A]): Option[A] = values.get(param.name).map(_.asInstanceOf[A]).orElse(param.default)

  /** Whether the caller gave the parameter. */
  def got(param: Param[_]): Boolean = values.contains(param.name)
}

object Args {

  /** What a door brought, read, and everything that is wrong with it. Where something is, the arguments are what could
    * be read, so that the transform can say what else is wrong; see [[soundEnough]].
    */
  def bind(transform: Transform, raw: Map[String, Any]): (Args, Seq[Refusal]) = {
    val got = raw.filter { case (_, v) => v != null }
    val known = transform.params.map(_.name)
    val unknown = raw.keys.toSeq.sorted.filterNot(known.contains).map(Errors.unknownParameter(transform.name, _, known))
    val missing =
      transform.params.filter(p => p.required && !got.contains(p.name)).map(Errors.missingParameter(transform.name, _))
    val read = transform.params.filter(p => got.contains(p.name)).map(p => p -> p.kind.read(got(p.name)))
    val wrong = read.collect { case (p, None) => Errors.wrongValue(transform.name, p, got(p.name)) }
    (new Args(read.collect { case (p, Some(v)) => p.name -> v }.toMap), unknown ++ missing ++ wrong)
  }

  /** Whether every parameter that must have a value has one: then `check` may run although something was refused. */
  def soundEnough(transform: Transform, args: Args, raw: Map[String, Any]): Boolean = transform.params.forall { p =>
    val asked = p.required || raw.get(p.name).exists(_ != null)
    !asked || args.get(p).isDefined
  }
}

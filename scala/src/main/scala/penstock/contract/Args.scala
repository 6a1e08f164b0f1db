package penstock.contract

import penstock.Errors

/** The arguments of one call, read and typed. `null` (SQL NULL, Python None) means "not given". */
final class Args private (values: Map[String, Any]) {

  /** The value of a parameter that is required or has a default. */
  def apply[A](param: Param[A]): A = get(param).getOrElse(
    throw new NoSuchElementException(s"parameter ${param.name} has no value and no default")
  )

  /** the value given, else the default, else None. */
  def get[A](param: Param[A]): Option[A] = values.get(param.name).map(_.asInstanceOf[A]).orElse(param.default)

  /** Whether the caller gave the parameter. */
  def got(param: Param[_]): Boolean = values.contains(param.name)
}

object Args {

  /** Reads what a door brought, or says everything that is wrong with it. */
  def bind(transform: Transform, raw: Map[String, Any]): Either[Seq[Refusal], Args] = {
    val got = raw.filter { case (_, v) => v != null }
    val known = transform.params.map(_.name).toSet
    val unknown = raw.keys.toSeq.sorted.filterNot(known.contains).map { n =>
      Errors.unknownParameter(transform.name, n, transform.params.map(_.name))
    }
    val missing = transform.params.filter(p => p.required && !got.contains(p.name)).map { p =>
      Errors.missingParameter(transform.name, p)
    }
    val read: Seq[Either[Refusal, (String, Any)]] = transform.params.filter(p => got.contains(p.name)).map { p =>
      p.kind.read(got(p.name)) match {
        case Some(v) => Right(p.name -> v)
        case None    => Left(Errors.wrongValue(transform.name, p, got(p.name)))
      }
    }
    val refusals = unknown ++ missing ++ read.collect { case Left(r) => r }
    if (refusals.nonEmpty) Left(refusals) else Right(new Args(read.collect { case Right(v) => v }.toMap))
  }
}

package penstock.contract

/** One named argument of a transform.
  *
  * @param default
  *   what holds when it is not given; None where it has no default
  * @param required
  *   whether leaving it out is refused
  */
final case class Param[A](name: String, kind: Kind[A], default: Option[A], required: Boolean, doc: String)

object Param {
  def required[A](name: String, kind: Kind[A], doc: String): Param[A] = Param(name, kind, None, required = true, doc)
  def optional[A](name: String, kind: Kind[A], doc: String): Param[A] = Param(name, kind, None, required = false, doc)
  def default[A](name: String, kind: Kind[A], value: A, doc: String): Param[A] =
    Param(name, kind, Some(value), required = false, doc)
}

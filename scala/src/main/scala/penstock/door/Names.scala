package penstock.door

import penstock.contract.Transform

/** The SQL names of Penstock's own transforms: one that is always there, and a short one where it is free. */
object Names {
  val prefix: String = "penstock_"

  def always(transform: Transform): String = prefix + transform.name
}

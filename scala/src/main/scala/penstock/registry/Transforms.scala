package penstock.registry

import penstock.contract.Transform

/** The list: every transform of Penstock's own, grouped by family, one line each.
  *
  * Adding one = its file in `transform/`, a line here, its Python function, its cases and its manual page.
  */
object Transforms {
  val all: Seq[Transform] = Seq()
}

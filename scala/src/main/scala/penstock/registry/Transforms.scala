package penstock.registry

import penstock.contract.Transform
import penstock.transform.{AsofJoin, IntervalJoin, WindowJoin}

/** The list: every transform of Penstock's own, grouped by family, one line each.
  *
  * Adding one = its file in `transform/`, a line here, its Python function, its cases and its manual page.
  */
object Transforms {
  val all: Seq[Transform] = Seq(
    // joins in time
    AsofJoin, // since 0.1.0
    WindowJoin, // since 0.1.0
    IntervalJoin // since 0.1.0
  )
}

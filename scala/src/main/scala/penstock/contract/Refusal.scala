package penstock.contract

/** One reason not to run, as a value: the same sentence reaches the planner, the tests and the manual.
  *
  * @param code
  *   stable name, e.g. `column-not-found`; shown as `[penstock.column-not-found]`
  * @param what
  *   what was wrong, with the user's own names; starts with the transform's name
  * @param exists
  *   what there is instead
  * @param remedy
  *   what to do
  */
final case class Refusal(code: String, what: String, exists: String = "", remedy: String = "") {

  def text: String = {
    val tag = s"[penstock.$code]"
    val detail = Seq(exists, remedy).filter(_.nonEmpty).mkString("   ")
    if (detail.isEmpty) s"$what  $tag" else s"$what\n  $detail  $tag"
  }
}

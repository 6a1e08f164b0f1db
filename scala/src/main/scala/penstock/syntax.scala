package penstock

/** All that a Scala user imports: `import penstock.syntax._`. It only exports; each method lives elsewhere. */
object syntax
    extends door.ScalaDoor
    with transform.AsofJoinSyntax
    with transform.WindowJoinSyntax
    with transform.IntervalJoinSyntax

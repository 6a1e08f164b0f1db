package penstock.transform

import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan

import penstock.contract.{Args, Inputs, Refusal, Transform}

/** A transform that reads its arguments into a call: everything that is wrong with them, or what to plan. */
private[transform] abstract class ReadTransform(name: String) extends Transform(name) {

  protected def read(in: Inputs, args: Args): Either[Seq[Refusal], ReadTransform.Call]

  final def check(in: Inputs, args: Args): Seq[Refusal] = read(in, args).fold(identity, _ => Nil)

  final def plan(in: Inputs, args: Args): LogicalPlan = read(in, args) match {
    case Right(call) => call.plan
    case Left(refusals) => throw new IllegalStateException(refusals.map(_.text).mkString("\n"))
  }
}

private[transform] object ReadTransform {

  /** A call that was found to be sound. */
  trait Call {
    def plan: LogicalPlan
  }
}

package penstock.registry

import java.util.{Locale, ServiceConfigurationError, ServiceLoader}

import scala.collection.mutable

import penstock.Errors
import penstock.contract.{Refusal, Transform, TransformProvider}

/** Finds the transforms that teams bring, by ServiceLoader over the class loaders a session has. */
object Providers {

  /** A transform and the provider that brings it. */
  final case class Offer(transform: Transform, by: Class[_])

  /** @param offers
    *   in the order of their names
    * @param problems
    *   what could not be taken, each by name: a provider that fails, a name that clashes
    */
  final case class Found(offers: Seq[Offer], problems: Seq[Refusal])

  def find(loaders: Seq[ClassLoader], own: Seq[Transform]): Found = {
    // A provider seen through two loaders counts once; one class loaded twice counts once, the nearest loader's.
    val read = loaders.filter(_ != null).distinct.flatMap(providers)
    val unique = mutable.LinkedHashMap.empty[String, Either[Refusal, TransformProvider]]
    read.foreach { case (name, provider) => if (!unique.contains(name)) unique(name) = provider }
    val listed = unique.toSeq.map { case (name, provider) => name -> provider.flatMap(transformsOf(name, _)) }
    val broken = listed.collect { case (_, Left(problem)) => problem }
    val offered = listed.collect { case (name, Right(all)) => all }.flatten
    val (good, clashes) = sift(offered, own)
    Found(good.sortBy(_.transform.name), broken ++ clashes)
  }

  private type Read = (String, Either[Refusal, TransformProvider])

  private def providers(loader: ClassLoader): Seq[Read] = {
    val services = ServiceLoader.load(classOf[TransformProvider], loader).iterator()
    val read = mutable.ArrayBuffer.empty[Read]
    var more = true
    while (more && read.size < 1000) {
      try {
        more = services.hasNext
        if (more) {
          val provider = services.next()
          read += provider.getClass.getName -> Right(provider)
        }
      } catch {
        // The iterator has moved past the entry that failed; the error's text names the class.
        case e @ (_: ServiceConfigurationError | _: LinkageError) =>
          read += e.getMessage -> Left(Errors.providerFailed(e.getMessage, Option(e.getCause).getOrElse(e)))
      }
    }
    read.toSeq
  }

  private def transformsOf(name: String, provider: TransformProvider): Either[Refusal, Seq[Offer]] =
    try {
      val all = provider.transforms
      all.foreach(t => (t.summary, t.inputs, t.params)) // a description that throws is the provider's failure
      Right(all.map(Offer(_, provider.getClass)))
    } catch {
      case e @ (_: Exception | _: LinkageError | _: NotImplementedError) => Left(Errors.providerFailed(name, e))
    }

  /** Keeps what can be called by one name only. Where two providers offer one name neither gets it: which of them would
    * win must not depend on the order of a class path.
    */
  private def sift(offered: Seq[Offer], own: Seq[Transform]): (Seq[Offer], Seq[Refusal]) = {
    val owned = own.map(t => fold(t.name)).toSet
    val judged: Seq[Either[Refusal, Offer]] =
      offered.groupBy(o => fold(o.transform.name)).toSeq.sortBy(_._1).map { case (name, all) =>
        val (offer, by) = (all.head, all.map(_.by.getName).distinct)
        if (owned(name) || name.startsWith("penstock_")) Left(Errors.nameTaken(name, by, "Penstock itself"))
        else if (all.size > 1) Left(Errors.nameTaken(name, by, "another one, so neither is taken"))
        else unusable(offer.transform).map(Errors.badTransform(by.head, offer.transform.name, _)).toLeft(offer)
      }
    (judged.collect { case Right(offer) => offer }, judged.collect { case Left(problem) => problem })
  }

  private def fold(name: String): String = name.toLowerCase(Locale.ROOT)

  private def unusable(transform: Transform): Option[String] = {
    val names = transform.inputs ++ transform.params.map(_.name)
    val twice = names.groupBy(fold).collect { case (_, Seq(n, _, _*)) => n }.toSeq.sorted
    if (!transform.name.matches("[A-Za-z][A-Za-z0-9_]*")) Some("its name must be letters, digits and '_', as in SQL")
    else if (twice.nonEmpty) Some(s"two of its inputs and parameters are named '${twice.head}'")
    else if (transform.inputs.isEmpty) Some("it declares no input table")
    else None
  }
}

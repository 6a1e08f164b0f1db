package flights

import penstock.contract.{Transform, TransformProvider}

/** What this JAR brings to every door; named in META-INF/services. */
class FlightTransforms extends TransformProvider {
  def transforms: Seq[Transform] = Seq(WeatherBand.transform)
}

package flights

import java.time.LocalDate

/** The parameters, with the notebook's names and defaults. */
final case class Parameters(
    flights: String,
    weather: String,
    output: String,
    start: LocalDate = LocalDate.of(2013, 1, 1),
    end: LocalDate = LocalDate.of(2013, 12, 31),
    origins: Seq[String] = Seq("EWR", "JFK", "LGA"),
    tolerance: String = "2 hours"
)

object Parameters {

  val names: Seq[String] = Seq("flights", "weather", "output", "start", "end", "origins", "tolerance")

  /** Reads `--name value` pairs, or says what is wrong with them and what there is. */
  def read(args: List[String]): Either[String, Parameters] = {
    val there = names.map("--" + _).mkString("There are: ", ", ", ".")
    def pairs(rest: List[String], got: Map[String, String]): Either[String, Map[String, String]] = rest match {
      case Nil => Right(got)
      case name :: value :: more if names.contains(name.stripPrefix("--")) && name.startsWith("--") =>
        pairs(more, got + (name.drop(2) -> value))
      case name :: Nil if names.map("--" + _).contains(name) => Left(s"$name needs a value.")
      case name :: _ => Left(s"There is no parameter '$name'. $there")
    }
    def day(got: Map[String, String], name: String, default: LocalDate): Either[String, LocalDate] =
      got
        .get(name)
        .map { text =>
          scala.util
            .Try(LocalDate.parse(text))
            .toOption
            .toRight(s"--$name must be a day such as 2013-01-31, got '$text'.")
        }
        .getOrElse(Right(default))

    for {
      got <- pairs(args, Map.empty)
      missing = Seq("flights", "weather", "output").filterNot(got.contains)
      _ <- if (missing.isEmpty) Right(()) else Left(s"Missing: ${missing.map("--" + _).mkString(", ")}. $there")
      base = Parameters(got("flights"), got("weather"), got("output"))
      start <- day(got, "start", base.start)
      end <- day(got, "end", base.end)
      _ <-
        if (start.isAfter(end)) Left(s"--start ($start) is after --end ($end): no day lies between them.")
        else Right(())
    } yield base.copy(
      start = start,
      end = end,
      origins = got.get("origins").fold(base.origins)(_.split(',').map(_.trim).toSeq),
      tolerance = got.getOrElse("tolerance", base.tolerance)
    )
  }
}

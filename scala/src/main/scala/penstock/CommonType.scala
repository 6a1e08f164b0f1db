package penstock

import org.apache.spark.sql.types._

/** The cast that an error suggests where two columns must be of one type: to the wider one, which loses nothing. */
private[penstock] object CommonType {

  private val integral: Seq[DataType] = Seq(ByteType, ShortType, IntegerType, LongType)

  /** What to do, without its full stop. */
  def remedy(left: String, l: DataType, right: String, r: DataType): String = wider(l, r) match {
    case Some(`l`) => s"Cast one of them first: CAST($right AS ${l.sql})"
    case Some(`r`) => s"Cast one of them first: CAST($left AS ${r.sql})"
    case Some(both) => s"Cast both first: CAST($left AS ${both.sql}) and CAST($right AS ${both.sql})"
    case None => s"Cast one of them first, e.g. CAST($right AS ${l.sql})"
  }

  private def wider(l: DataType, r: DataType): Option[DataType] = (l, r) match {
    case (a, b) if integral.contains(a) && integral.contains(b) =>
      Some(integral(math.max(integral.indexOf(a), integral.indexOf(b))))
    case (FloatType, DoubleType) | (DoubleType, FloatType) => Some(DoubleType)
    case (a: DecimalType, b: DecimalType) => decimal(a, b)
    case (a: DecimalType, b) if integral.contains(b) => decimal(a, digits(b))
    case (a, b: DecimalType) if integral.contains(a) => decimal(digits(a), b)
    case _ => None
  }

  private def decimal(a: DecimalType, b: DecimalType): Option[DataType] = {
    val scale = math.max(a.scale, b.scale)
    val precision = scale + math.max(a.precision - a.scale, b.precision - b.scale)
    if (precision <= DecimalType.MAX_PRECISION) Some(DecimalType(precision, scale)) else None
  }

  /** A decimal that holds every value of an integral type. */
  private def digits(t: DataType): DecimalType = DecimalType(Seq(3, 5, 10, 19)(integral.indexOf(t)), 0)
}

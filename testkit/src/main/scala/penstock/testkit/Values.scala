package penstock.testkit

import org.apache.spark.sql.types._

/** When two values are the same, as Spark SQL text: the rules of Python's `assert_frames_equal`, type by type.
  *
  * A value is first made plain, so that equal values are those that grouping and `<=>` call equal: NaN is NaN, -0.0 is
  * 0.0, texts are bytes whatever their collation, a map is a sorted array of its entries. Fields get positions for
  * names (`f0`, `f1`).
  */
private[testkit] object Values {

  /** A distance, inclusive: `absolute + relative * |expected|`, for floating and decimal numbers. */
  final case class Tolerance(absolute: Double, relative: Double)

  def plain(value: String, of: DataType): String = sorted(s"CAST($value AS ${plainType(of)})", of, 0)

  /** Never null: whether two plain values are the same. */
  def same(actual: String, expected: String, of: DataType, tolerance: Option[Tolerance], depth: Int = 0): String =
    tolerance.filter(_ => covers(of)) match {
      case None => s"($actual <=> $expected)"
      case Some(t) =>
        val close = s"$actual IS NOT NULL AND $expected IS NOT NULL AND ${near(actual, expected, of, t, depth)}"
        s"(($actual <=> $expected) OR coalesce($close, false))"
    }

  /** A plain value made readable; null stays null. */
  def shown(value: String, of: DataType): String = of match {
    case _ if isText(of) => s"concat('\\'', CAST($value AS STRING), '\\'')"
    case BinaryType => s"concat('X\\'', hex($value), '\\'')"
    case _: StructType | _: ArrayType | _: MapType =>
      s"to_json(CAST($value AS ${readable(of)}), map('ignoreNullFields', 'false'))"
    case _ if of.typeName == "variant" => s"$value.f1"
    case _ => s"CAST($value AS STRING)"
  }

  private def readable(of: DataType): String = of match {
    case s: StructType =>
      s.fields.zipWithIndex.map { case (f, i) => s"f$i: ${readable(f.dataType)}" }.mkString("struct<", ", ", ">")
    case a: ArrayType => s"array<${readable(a.elementType)}>"
    case m: MapType => s"array<struct<k: ${readable(m.keyType)}, v: ${readable(m.valueType)}>>"
    case _ if isText(of) => "string"
    case _ if of.typeName == "variant" => "struct<f0: string, f1: string>"
    case other => plainType(other)
  }

  private def plainType(of: DataType): String = of match {
    case s: StructType =>
      s.fields.zipWithIndex.map { case (f, i) => s"f$i: ${plainType(f.dataType)}" }.mkString("struct<", ", ", ">")
    case a: ArrayType => s"array<${plainType(a.elementType)}>"
    case m: MapType => s"map<${plainType(m.keyType)}, ${plainType(m.valueType)}>"
    case _ if isText(of) => "binary"
    case NullType | CalendarIntervalType => "string"
    case u: UserDefinedType[_] => plainType(u.sqlType)
    case _ => of.sql
  }

  // char and varchar are strings with a length; their classes differ by line
  def isText(of: DataType): Boolean =
    of.typeName.startsWith("string") || of.typeName.startsWith("char") || of.typeName.startsWith("varchar")

  private def sorted(value: String, of: DataType, depth: Int): String = of match {
    case _ if !unordered(of) => value
    case s: StructType =>
      val fields = s.fields.zipWithIndex.map { case (f, i) => s"'f$i', ${sorted(s"$value.f$i", f.dataType, depth)}" }
      s"if($value IS NULL, NULL, named_struct(${fields.mkString(", ")}))"
    case a: ArrayType => s"transform($value, p$depth -> ${sorted(s"p$depth", a.elementType, depth + 1)})"
    case m: MapType =>
      val key = sorted(s"p$depth.key", m.keyType, depth + 1)
      val item = sorted(s"p$depth.value", m.valueType, depth + 1)
      s"array_sort(transform(map_entries($value), p$depth -> named_struct('k', $key, 'v', $item)))"
    case _ => s"if($value IS NULL, NULL, named_struct('f0', schema_of_variant($value), 'f1', to_json($value)))"
  }

  private def unordered(of: DataType): Boolean = of match {
    case _: MapType => true
    case other => other.typeName == "variant" || inside(other).exists(unordered)
  }

  private def covers(of: DataType): Boolean = of match {
    case FloatType | DoubleType | _: DecimalType => true
    case other => inside(other).exists(covers)
  }

  private def inside(of: DataType): Seq[DataType] = of match {
    case s: StructType => s.fields.map(_.dataType).toSeq
    case a: ArrayType => Seq(a.elementType)
    case m: MapType => Seq(m.keyType, m.valueType)
    case _ => Nil
  }

  /** For two values that are not null; may be null where something inside is. */
  private def near(actual: String, expected: String, of: DataType, t: Tolerance, depth: Int): String = of match {
    case s: StructType =>
      val fields = s.fields.zipWithIndex
      fields.map { case (f, i) => same(s"$actual.f$i", s"$expected.f$i", f.dataType, Some(t), depth) }.mkString(" AND ")
    case a: ArrayType =>
      pairs(actual, expected, depth, same(s"a$depth", s"e$depth", a.elementType, Some(t), depth + 1))
    case m: MapType =>
      val item = same(s"a$depth.v", s"e$depth.v", m.valueType, Some(t), depth + 1)
      pairs(actual, expected, depth, s"(a$depth.k <=> e$depth.k) AND $item")
    case _: DecimalType => s"CAST(abs(try_subtract($actual, $expected)) AS DOUBLE) <= ${bound(expected, t)}"
    case _ =>
      // an infinity is near nothing but itself, and NaN neither
      val finite = Seq(actual, expected).map(v => s"NOT isnan($v) AND abs(CAST($v AS DOUBLE)) <> double('Infinity')")
      s"(${finite.mkString(" AND ")} AND abs(CAST($actual AS DOUBLE) - CAST($expected AS DOUBLE)) <= ${bound(expected, t)})"
  }

  private def pairs(actual: String, expected: String, depth: Int, pair: String): String = {
    val zipped = s"zip_with($actual, $expected, (a$depth, e$depth) -> $pair)"
    s"(size($actual) = size($expected) AND forall($zipped, z$depth -> z$depth))"
  }

  private def bound(expected: String, t: Tolerance): String =
    s"${t.absolute}D + ${t.relative}D * abs(CAST($expected AS DOUBLE))"
}

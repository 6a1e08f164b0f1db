package penstock.exec

import java.nio.ByteBuffer

/** Where time is cut into slices, and for which keys: what a sample of both sides says. Slices of equal work, about;
  * that they are exact depends on nothing but that both sides are cut alike.
  *
  * @param points
  *   images of times, ascending; a slice begins at each
  * @param every
  *   whether every key's time is cut
  * @param hot
  *   hashes of the keys whose time is cut, ascending. A key that has the hash of another is cut with it.
  * @param reach
  *   of left intervals
  */
private[exec] final case class Cuts(
    points: Array[Long],
    every: Boolean,
    hot: Array[Long],
    reach: Option[Reach] = None
) {

  def slices: Int = points.length + 1

  /** Whether any key's time is cut. */
  def any: Boolean = every || hot.nonEmpty

  def cut(key: Long): Boolean = every || java.util.Arrays.binarySearch(hot, key) >= 0

  /** The slice that a time lies in, the first being 0. */
  def slice(image: Long): Int = {
    var low = 0
    var high = points.length
    while (low < high) {
      val middle = (low + high) >>> 1
      if (points(middle) <= image) low = middle + 1 else high = middle
    }
    low
  }

  /** As the value of a subquery. */
  def bytes: Array[Byte] = {
    val reached = reach.fold(Array.empty[Long])(_.numbers)
    val out = ByteBuffer.allocate(13 + 8 * (points.length + hot.length + reached.length))
    out.put((if (every) 1 else 0).toByte).putInt(points.length).putInt(hot.length).putInt(reached.length)
    (points ++ hot ++ reached).foreach(out.putLong(_))
    out.array
  }
}

private[exec] object Cuts {

  /** No key's time is cut. */
  val none: Cuts = Cuts(Array.empty, every = false, Array.empty)

  def read(bytes: Array[Byte]): Cuts = {
    val in = ByteBuffer.wrap(bytes)
    val every = in.get() == 1
    val Seq(points, hot, reached) = Seq.fill(3)(in.getInt())
    def longs(n: Int): Array[Long] = Array.fill(n)(in.getLong())
    val cuts = Cuts(longs(points), every, longs(hot))
    if (reached == 0) cuts else cuts.copy(reach = Some(Reach.read(longs(reached))))
  }

  /** A row of the sample: its key's hash, its time's image, and how many rows it stands for. */
  final case class Seen(key: Long, time: Long, weight: Double)

  /** Cuts into so many slices the time of every key, or of keys that have a share of all rows. */
  def choose(seen: Array[Seen], slices: Int, share: Option[Double]): Cuts = {
    val total = seen.map(_.weight).sum
    val hot = share.fold(Array.empty[Long]) { least =>
      seen.groupBy(_.key).collect { case (k, rows) if rows.map(_.weight).sum >= least * total => k }.toArray.sorted
    }
    val cut = if (share.isEmpty) seen else seen.filter(s => java.util.Arrays.binarySearch(hot, s.key) >= 0)
    val step = cut.map(_.weight).sum / slices
    val points = Array.newBuilder[Long]
    var sum = 0.0
    var next = step
    cut.sortBy(_.time).foreach { s =>
      if (sum >= next) {
        points += s.time
        while (next <= sum) next += step
      }
      sum += s.weight
    }
    Cuts(points.result().distinct, share.isEmpty, hot)
  }
}

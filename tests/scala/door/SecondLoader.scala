package penstock.door

import java.net.URLClassLoader

import org.apache.spark.sql.SparkSession

/** Loads Penstock's classes (and those of these tests) once more, as Spark Connect does after `addArtifacts`.
  *
  * @param hidden
  *   classes that are not there for the second copy: a Catalyst that lacks them
  * @param doctor
  *   changes a class file, given its name, before it is defined
  */
class SecondLoader(hidden: Set[String] = Set.empty, doctor: (String, Array[Byte]) => Array[Byte] = (_, bytes) => bytes)
    extends URLClassLoader(Array.empty, classOf[SecondLoader].getClassLoader) {

  private val ours = Seq("penstock.", "org.apache.spark.sql.penstockinternals.")

  override def loadClass(name: String, resolve: Boolean): Class[_] = getClassLoadingLock(name).synchronized {
    if (hidden(name)) throw new ClassNotFoundException(name)
    else if (!ours.exists(name.startsWith)) super.loadClass(name, resolve)
    else Option(findLoadedClass(name)).getOrElse(define(name))
  }

  private def define(name: String): Class[_] = {
    val in = getParent.getResourceAsStream(name.replace('.', '/') + ".class")
    if (in == null) throw new ClassNotFoundException(name)
    val out = new java.io.ByteArrayOutputStream
    try Iterator.continually(in.read()).takeWhile(_ >= 0).foreach(out.write)
    finally in.close()
    val bytes = doctor(name, out.toByteArray)
    defineClass(name, bytes, 0, bytes.length)
  }

  /** Attaches the demo from here, as Python does: by name and plain types. */
  def attach(session: SparkSession): String = {
    val door = loadClass("penstock.door.DemoAttach").getDeclaredConstructor().newInstance()
    try door.getClass.getMethod("attach", classOf[SparkSession]).invoke(door, session).asInstanceOf[String]
    catch { case e: java.lang.reflect.InvocationTargetException => throw e.getCause }
  }

  def owns(thing: Any): Boolean = thing.getClass.getClassLoader eq this
}

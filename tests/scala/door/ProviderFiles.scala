package penstock.door

import java.net.URLClassLoader
import java.nio.file.Files

/** A class path entry with nothing but a provider file: what a team's JAR says about itself. */
object ProviderFiles {

  def loader(providers: String*): ClassLoader = {
    val dir = Files.createTempDirectory("providers")
    val services = Files.createDirectories(dir.resolve("META-INF/services"))
    Files.write(
      services.resolve("penstock.contract.TransformProvider"),
      providers.mkString("\n").getBytes("UTF-8")
    )
    new URLClassLoader(Array(dir.toUri.toURL), getClass.getClassLoader)
  }

  /** Runs the body with these providers on the thread's class path. */
  def withProviders[A](providers: Class[_]*)(body: => A): A = {
    val thread = Thread.currentThread
    val before = thread.getContextClassLoader
    thread.setContextClassLoader(loader(providers.map(_.getName): _*))
    try body
    finally thread.setContextClassLoader(before)
  }
}

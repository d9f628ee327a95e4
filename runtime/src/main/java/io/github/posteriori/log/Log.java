package io.github.posteriori.log;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.helpers.NOPLoggerFactory;

/**
 * Logs through SLF4J, or, in a program without a provider of SLF4J, through the JDK's own logging,
 * which shows messages on standard error unless it is told otherwise.
 *
 * <p>SLF4J alone would drop every message there, such as why a slow engine runs.
 */
public final class Log {
  private final Logger slf4j;
  private final System.Logger jdk;

  private Log(Logger slf4j, System.Logger jdk) {
    this.slf4j = slf4j;
    this.jdk = jdk;
  }

  /** Returns the log of a class. */
  public static Log of(Class<?> source) {
    boolean dropped = LoggerFactory.getILoggerFactory() instanceof NOPLoggerFactory;
    return new Log(
        LoggerFactory.getLogger(source), dropped ? System.getLogger(source.getName()) : null);
  }

  /** Logs what is worth knowing. */
  public void info(String message) {
    if (jdk != null) {
      jdk.log(System.Logger.Level.INFO, message);
    } else {
      slf4j.info(message);
    }
  }

  /** Logs what should be looked after. */
  public void warn(String message) {
    if (jdk != null) {
      jdk.log(System.Logger.Level.WARNING, message);
    } else {
      slf4j.warn(message);
    }
  }
}

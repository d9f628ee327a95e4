package io.github.posteriori.cli;

import io.github.posteriori.networks.ClassPath;
import picocli.CommandLine.Option;

/** Where classes of networks are. */
final class ClassPathOptions {
  @Option(
      names = "--classpath",
      paramLabel = "PATH",
      description =
          "folders and jars, separated as for java -cp, with compiled networks, and with what a"
              + " source of --net uses (default: none)")
  private String classPath;

  ClassPath classPath() {
    return classPath == null ? ClassPath.none() : ClassPath.parse(classPath);
  }
}

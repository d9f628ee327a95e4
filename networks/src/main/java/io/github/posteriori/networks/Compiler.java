package io.github.posteriori.networks;

import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.Trees;
import io.github.posteriori.BayesModule;
import io.github.posteriori.annotations.BayesModel;
import io.github.posteriori.models.BayesLeNet;
import io.github.posteriori.processor.PosterioriProcessor;
import java.io.File;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Compiles sources of networks in memory: javac runs Posteriori's annotation processor and no
 * other, and reads no source but the one it is given.
 *
 * @param classPath what the sources may use beside this program's own class path
 */
record Compiler(ClassPath classPath) {
  /** Letters of the longest source that a person would write as a plain declaration. */
  private static final int LONGEST = 200_000;

  /**
   * Compiles a source.
   *
   * @param name of the file as javac's messages show it
   * @throws CompilationException when it has errors
   */
  CompiledNets compile(NetSource source, String name) {
    StringWriter printed = new StringWriter();
    try (MemoryFiles files = new MemoryFiles(javac())) {
      boolean succeeded = task(source, name, files, printed).call();
      if (!succeeded) {
        throw new CompilationException(printed(printed));
      }
      return new CompiledNets(source, files.classes(), classPath.loader(), printed(printed));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Returns what makes a source more than a plain declaration; empty if nothing does. The source is
   * parsed and nothing else.
   */
  Optional<String> excess(NetSource source) {
    if (source.text().length() > LONGEST) {
      return Optional.of("more than " + LONGEST + " letters");
    }
    try (MemoryFiles files = new MemoryFiles(javac())) {
      JavacTask task = task(source, source.file(), files, new StringWriter());
      CompilationUnitTree unit = task.parse().iterator().next();
      return new ParsedSource(unit, Trees.instance(task).getSourcePositions()).excess();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (IllegalStateException e) {
      if (e.getCause() instanceof StackOverflowError) {
        return Optional.of("parentheses that are nested too deeply");
      }
      throw e;
    }
  }

  private JavacTask task(NetSource source, String name, MemoryFiles files, Writer printed) {
    String path =
        String.join(
            File.pathSeparator,
            System.getProperty("java.class.path"),
            loadedFrom(),
            classPath.toString());
    JavacTask task =
        (JavacTask)
            javac()
                .getTask(
                    printed,
                    files,
                    null,
                    List.of("-classpath", path, "-sourcepath", ""),
                    null,
                    List.of(MemoryFiles.source(source, name)));
    task.setProcessors(List.of(new PosterioriProcessor()));
    return task;
  }

  /**
   * Returns where this program's own classes are: beyond the JVM's class path where a class loader
   * has fetched them, as on an executor of Spark.
   */
  private static String loadedFrom() {
    return Stream.of(BayesModel.class, BayesModule.class, BayesLeNet.class, INDArray.class)
        .map(type -> type.getProtectionDomain().getCodeSource())
        .filter(Objects::nonNull)
        .map(source -> URI.create(source.getLocation().toString()))
        .filter(location -> "file".equals(location.getScheme()))
        .map(location -> Path.of(location).toString())
        .collect(Collectors.joining(File.pathSeparator));
  }

  private static JavaCompiler javac() {
    JavaCompiler javac = ToolProvider.getSystemJavaCompiler();
    if (javac == null) {
      throw new NetException(
          "the Java runtime in "
              + Path.of(System.getProperty("java.home"))
              + " has no compiler, expected a JDK to compile the network with: set JAVA_HOME to"
              + " one");
    }
    return javac;
  }

  /** What a terminal would make of other control characters, a stranger's source may not choose. */
  private static String printed(StringWriter printed) {
    return printed.toString().replaceAll("[\\p{Cntrl}&&[^\r\n\t]]", "?");
  }
}

package io.github.posteriori.processor;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import javax.annotation.processing.Processor;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/** The folders of a project, as a build tool keeps them from one build to the next. */
record Project(Path sources, Path generatedSources, Path classes) {
  private static final String DEPENDENCIES = System.getProperty("java.class.path");

  /** How a build ended. */
  record Build(boolean succeeded, List<Fault> faults) {
    /** What the processor found, not the compiler itself. */
    List<Fault> ours() {
      return faults.stream().filter(fault -> fault.message().startsWith("[P")).toList();
    }
  }

  /** An error and the line it is on. */
  record Fault(long line, String message) {}

  static Project in(Path folder) throws IOException {
    return new Project(
        Files.createDirectories(folder.resolve("src")),
        Files.createDirectories(folder.resolve("generated")),
        Files.createDirectories(folder.resolve("classes")));
  }

  /** Writes a source, or writes it anew. */
  Path write(JavaFileObject source) throws IOException {
    Path file = sources.resolve(source.getName().replaceFirst("^/", ""));
    Files.createDirectories(file.getParent());
    return Files.writeString(file, source.getCharContent(false));
  }

  /** Writes a source with the imports that a user has. */
  Path write(String name, String... lines) throws IOException {
    return write(Nets.source(name, lines));
  }

  Build javac(Path... files) {
    return compile(ToolProvider.getSystemJavaCompiler(), List.of(), List.of(), files);
  }

  /** Compiles files; what was compiled before is on the class path. */
  Build compile(
      JavaCompiler compiler, List<String> options, List<Processor> others, Path... files) {
    DiagnosticCollector<JavaFileObject> diagnostics = new DiagnosticCollector<>();
    List<String> all = new ArrayList<>(List.of("-encoding", "UTF-8", "-d", "" + classes));
    all.addAll(List.of("-s", "" + generatedSources));
    all.addAll(List.of("-cp", DEPENDENCIES + File.pathSeparator + classes));
    all.addAll(options);
    try (StandardJavaFileManager manager =
        compiler.getStandardFileManager(diagnostics, Locale.ROOT, null)) {
      JavaCompiler.CompilationTask task =
          compiler.getTask(
              Writer.nullWriter(),
              manager,
              diagnostics,
              all,
              null,
              manager.getJavaFileObjects(files));
      task.setProcessors(
          Stream.concat(Stream.of(new PosterioriProcessor()), others.stream()).toList());
      boolean succeeded = task.call();
      return new Build(
          succeeded,
          diagnostics.getDiagnostics().stream()
              .filter(diagnostic -> diagnostic.getKind() == Diagnostic.Kind.ERROR)
              .map(error -> new Fault(error.getLineNumber(), error.getMessage(Locale.ROOT)))
              .toList());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The generated source of a class. */
  String generated(String name) throws IOException {
    return Files.readString(generatedSources.resolve(name.replace('.', '/') + ".java"));
  }

  /** The generated sources, each under its file's name. */
  SortedMap<String, String> generated() throws IOException {
    SortedMap<String, String> sources = new TreeMap<>();
    try (Stream<Path> files = Files.walk(generatedSources)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        sources.put(file.getFileName().toString(), Files.readString(file));
      }
    }
    return sources;
  }
}

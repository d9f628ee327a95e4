package io.github.posteriori.networks;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.tools.FileObject;
import javax.tools.ForwardingJavaFileManager;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.StandardJavaFileManager;

/** The files of a compilation: classes to use are read from disk, and what is written is kept. */
final class MemoryFiles extends ForwardingJavaFileManager<StandardJavaFileManager> {
  private final List<Written> written = new ArrayList<>();

  MemoryFiles(JavaCompiler javac) {
    super(javac.getStandardFileManager(null, null, StandardCharsets.UTF_8));
  }

  /** Returns a source under the name that javac's messages show. */
  static JavaFileObject source(NetSource source, String name) {
    return new Source(source, name);
  }

  /** Returns the bytes of each class by its binary name. */
  Map<String, byte[]> classes() {
    Map<String, byte[]> classes = new HashMap<>();
    for (Written file : written) {
      if (file.getKind() == JavaFileObject.Kind.CLASS) {
        classes.put(file.className, file.bytes.toByteArray());
      }
    }
    return classes;
  }

  @Override
  public JavaFileObject getJavaFileForOutput(
      Location location, String className, JavaFileObject.Kind kind, FileObject sibling) {
    Written file = new Written(className, kind);
    written.add(file);
    return file;
  }

  private static final class Source extends SimpleJavaFileObject {
    private final NetSource source;
    private final String name;

    Source(NetSource source, String name) {
      super(Path.of("Net" + NetSource.SUFFIX).toUri(), JavaFileObject.Kind.SOURCE);
      this.source = source;
      this.name = name;
    }

    @Override
    public String getName() {
      return name;
    }

    @Override
    public boolean isNameCompatible(String simpleName, JavaFileObject.Kind kind) {
      return source.file().equals(simpleName + kind.extension);
    }

    @Override
    public CharSequence getCharContent(boolean ignoreEncodingErrors) {
      return source.text();
    }
  }

  /** A class, or a source that the processor writes and javac reads again. */
  private static final class Written extends SimpleJavaFileObject {
    private final String className;
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    Written(String className, JavaFileObject.Kind kind) {
      super(Path.of(className.replace('.', '/') + kind.extension).toUri(), kind);
      this.className = className;
    }

    @Override
    public OutputStream openOutputStream() {
      bytes.reset();
      return bytes;
    }

    @Override
    public CharSequence getCharContent(boolean ignoreEncodingErrors) {
      return bytes.toString(StandardCharsets.UTF_8);
    }
  }
}

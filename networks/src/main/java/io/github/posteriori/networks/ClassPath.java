package io.github.posteriori.networks;

import io.github.posteriori.checkpoint.CheckpointOutput;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/** Folders and jars with classes of networks, beside this program's own. */
public final class ClassPath {
  private static final String MODULE = "Module.class";

  private final List<Path> entries;
  private final ClassLoader loader;

  private ClassPath(List<Path> entries) {
    this.entries = entries;
    ClassLoader own = ClassPath.class.getClassLoader();
    this.loader = entries.isEmpty() ? own : new Loader(this, own);
  }

  /** Returns a path without entries. */
  public static ClassPath none() {
    return new ClassPath(List.of());
  }

  /**
   * Parses a path whose entries are separated as those of {@code java -cp}.
   *
   * @throws IllegalArgumentException when an entry is neither a folder nor a file
   */
  public static ClassPath parse(String path) {
    List<Path> entries =
        Stream.of(path.split(File.pathSeparator)).filter(s -> !s.isEmpty()).map(Path::of).toList();
    for (Path entry : entries) {
      if (!Files.exists(entry)) {
        throw new IllegalArgumentException(
            "classpath has '"
                + entry
                + "', which does not exist, expected folders of classes and jars: name where the"
                + " network was compiled to, such as target/classes");
      }
    }
    return new ClassPath(entries);
  }

  boolean isEmpty() {
    return entries.isEmpty();
  }

  /** Loads the classes of this path, and those of the program. */
  ClassLoader loader() {
    return loader;
  }

  /** Lists the classes that have a module beside them, by the names that say so. */
  List<String> networks() {
    List<String> networks = new ArrayList<>();
    for (Path entry : entries) {
      for (String file : files(entry)) {
        if (file.endsWith(MODULE)) {
          String name = file.substring(0, file.length() - MODULE.length());
          networks.add(name.replace('/', '.').replace('_', '.'));
        }
      }
    }
    return networks;
  }

  private static List<String> files(Path entry) {
    try {
      if (Files.isDirectory(entry)) {
        try (Stream<Path> files = Files.walk(entry)) {
          return files
              .map(file -> entry.relativize(file).toString().replace(File.separatorChar, '/'))
              .toList();
        }
      }
      try (ZipFile jar = new ZipFile(entry.toFile())) {
        return jar.stream().map(Object::toString).toList();
      }
    } catch (IOException e) {
      throw unreadable(entry, e);
    }
  }

  /** Reads a file of the first entry that has it. */
  private Optional<byte[]> bytes(String file) {
    for (Path entry : entries) {
      try {
        if (Files.isRegularFile(entry.resolve(file))) {
          return Optional.of(Files.readAllBytes(entry.resolve(file)));
        }
        if (Files.isRegularFile(entry)) {
          try (ZipFile jar = new ZipFile(entry.toFile())) {
            ZipEntry found = jar.getEntry(file);
            if (found != null) {
              return Optional.of(jar.getInputStream(found).readAllBytes());
            }
          }
        }
      } catch (IOException e) {
        throw unreadable(entry, e);
      }
    }
    return Optional.empty();
  }

  private static NetException unreadable(Path entry, IOException e) {
    return new NetException(
        "cannot read "
            + entry
            + " of the classpath ("
            + CheckpointOutput.reason(e)
            + "), expected a folder of classes or a jar: name another",
        e);
  }

  @Override
  public String toString() {
    return entries.stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator));
  }

  /** Loads classes of a path that the program does not have itself. */
  private static final class Loader extends ClassLoader {
    private final ClassPath path;

    Loader(ClassPath path, ClassLoader parent) {
      super(parent);
      this.path = path;
    }

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
      byte[] bytes =
          path.bytes(name.replace('.', '/') + ".class")
              .orElseThrow(() -> new ClassNotFoundException(name));
      return defineClass(name, bytes, 0, bytes.length);
    }
  }
}

package io.github.posteriori.data;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;

/** The names of files in a folder, the same on every machine and in every locale. */
final class FileNames {
  /** By name, upper case before lower case; then as the system orders names that cannot be read. */
  static final Comparator<Path> ORDER =
      Comparator.comparing(FileNames::of).thenComparing(Comparator.naturalOrder());

  private static final char UNREADABLE = '\ufffd';
  private static final Set<String> LEFT_BY_WINDOWS = Set.of("thumbs.db", "desktop.ini");

  private FileNames() {}

  /**
   * Returns the name of a file. In a locale without its letters, such as POSIX, the path shows
   * other ones but still has the bytes of the name, which are UTF-8 on nearly every disk.
   */
  static String of(Path file) {
    String name = file.getFileName().toString();
    if (name.indexOf(UNREADABLE) < 0) {
      return name;
    }
    String path = file.toUri().getPath();
    int end = path.endsWith("/") ? path.length() - 1 : path.length();
    return path.substring(path.lastIndexOf('/', end - 1) + 1, end);
  }

  /**
   * Lists a folder in {@link #ORDER}, without hidden files and those that Windows leaves.
   *
   * @throws DataException if it cannot be read
   */
  static List<Path> visible(Path folder) {
    try (Stream<Path> entries = Files.list(folder)) {
      return entries.filter(entry -> !isHidden(of(entry))).sorted(ORDER).toList();
    } catch (UncheckedIOException e) {
      throw DataException.unreadable(folder, e.getCause());
    } catch (IOException e) {
      throw DataException.unreadable(folder, e);
    }
  }

  /** Returns the folder {@code name} in {@code parent}, or else one that differs in case alone. */
  static Path folder(Path parent, String name) {
    Path exact = parent.resolve(name);
    if (Files.isDirectory(exact) || !Files.isDirectory(parent)) {
      return exact;
    }
    return visible(parent).stream()
        .filter(entry -> of(entry).equalsIgnoreCase(name) && Files.isDirectory(entry))
        .findFirst()
        .orElse(exact);
  }

  static boolean isHidden(String name) {
    return name.startsWith(".") || LEFT_BY_WINDOWS.contains(name.toLowerCase(Locale.ROOT));
  }
}

package io.github.posteriori.data;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * A file of NumPy's arrays ({@code numpy.savez}): {@code x_train y_train}, and where there are such
 * parts {@code x_valid y_valid} and {@code x_test y_test}.
 *
 * <p>{@code x} holds images {@code [n, c, h, w]} or {@code [n, h, w, c]}, grey images of bytes
 * {@code [n, h, w]}, signals {@code [n, c, t]} or features {@code [n, f]}; bytes are divided by
 * 255, other numbers are taken as they are. {@code y} holds the class of each, as a whole number
 * that repeats, a word, or a row of zeros and a one; or numbers to be regressed, one of each {@code
 * [n]} or several {@code [n, targets]}.
 */
public final class NumpyFile {
  /** The largest compression of deflate. */
  private static final long MOST_COMPRESSED = 1032;

  private final Path file;
  private final Map<String, NpyHeader> headers;
  private final TargetReading reading;
  private Boolean classes;

  private NumpyFile(Path file, Map<String, NpyHeader> headers, TargetReading reading) {
    this.file = file;
    this.headers = headers;
    this.reading = reading;
  }

  /** Returns whether a file holds arrays by its name. */
  public static boolean isOne(Path file) {
    return FileNames.of(file).toLowerCase(Locale.ROOT).endsWith(".npz");
  }

  /** Opens a file whose targets are what they look like; see {@link #open(Path, TargetReading)}. */
  public static NumpyFile open(Path file) {
    return open(file, TargetReading.BY_CONTENT);
  }

  /**
   * Opens a file: reads what its arrays say of themselves.
   *
   * @param reading how {@code y} is read; what is settled by content, the training part settles for
   *     all
   * @throws DataException if it is missing, damaged, holds pickled objects or lacks the training
   *     part, or if its arrays do not fit into the memory
   */
  public static NumpyFile open(Path file, TargetReading reading) {
    NumpyFile opened =
        new NumpyFile(
            file, headers(file, name -> name.matches("[xy]_(train|valid|test)")), reading);
    opened.requireParts();
    opened.requireMemory();
    return opened;
  }

  /**
   * Reads examples without their targets: of the array {@code x}, or else {@code x_test}, {@code
   * x_train}, or the only one that the file has. They are all of one class.
   *
   * @throws DataException if the file is missing, damaged or holds pickled objects, has none of
   *     these, or does not fit into the memory
   */
  public static Dataset examples(Path file) {
    Set<String> names = new TreeSet<>();
    headers(
        file,
        name -> {
          names.add(name);
          return false;
        });
    String chosen =
        Stream.of("x", "x_test", "x_train")
            .filter(names::contains)
            .findFirst()
            .or(() -> names.stream().filter(name -> names.size() == 1).findFirst())
            .orElseThrow(
                () ->
                    DataException.of(
                        file,
                        "the arrays " + names,
                        "an array x of examples, x_test or x_train, or one array alone",
                        "Save it by that name: numpy.savez(file, x=...)."));
    NumpyFile opened = new NumpyFile(file, headers(file, chosen::equals), TargetReading.BY_CONTENT);
    opened.requireMemory();
    NpyHeader x = opened.headers.get(chosen);
    NumpyLayout layout = NumpyLayout.of(x, file + ", " + chosen);
    return opened.examples(chosen, layout, unlabelled(x.shape()[0]));
  }

  /** Reads what the arrays of the names that are wanted say of themselves. */
  private static Map<String, NpyHeader> headers(Path file, Predicate<String> wanted) {
    if (!Files.isRegularFile(file)) {
      throw DataException.of(
          file,
          Files.isDirectory(file) ? "a folder" : "no such file",
          "a file that numpy.savez has written",
          "Check the path.");
    }
    Map<String, NpyHeader> headers = new TreeMap<>();
    try (ZipFile zip = new ZipFile(file.toFile())) {
      for (ZipEntry entry : zip.stream().toList()) {
        String name = entry.getName().replaceFirst("\\.npy$", "");
        if (wanted.test(name)) {
          headers.put(name, header(file, zip, entry, name));
        }
      }
    } catch (IOException e) {
      throw damaged(file, e);
    }
    return headers;
  }

  private static NpyHeader header(Path file, ZipFile zip, ZipEntry entry, String name)
      throws IOException {
    String where = file + ", " + name;
    try (DataInputStream in = new DataInputStream(stream(zip, entry))) {
      NpyHeader header = NpyHeader.read(in, where);
      boolean whole = entry.getSize() == header.bytes() + header.dataBytes();
      boolean possible =
          header.dataBytes() / MOST_COMPRESSED
              <= Math.min(entry.getCompressedSize(), Files.size(file));
      if (!whole || !possible) {
        throw DataException.of(
            where,
            "an array of " + Arrays.toString(header.shape()) + " in " + entry.getSize() + " bytes",
            (header.bytes() + header.dataBytes()) + " bytes of " + header.type(),
            "Copy or write the file again.");
      }
      return header;
    }
  }

  private void requireParts() {
    for (String part : List.of("train", "valid", "test")) {
      boolean x = headers.containsKey("x_" + part);
      boolean y = headers.containsKey("y_" + part);
      if (x != y || part.equals("train") && !x) {
        throw DataException.of(
            file,
            "the arrays " + headers.keySet(),
            "x_train and y_train, and x and y of each other part",
            "Save them by these names: numpy.savez(file, x_train=..., y_train=...).");
      }
    }
  }

  private void requireMemory() {
    long bytes =
        headers.values().stream()
            .mapToLong(header -> header.count() * (header.type().equals("u1") ? 1L : 4L))
            .sum();
    HeapRoom.require(file, bytes, "arrays");
  }

  /** Returns the training part. */
  public Dataset train() {
    return part("train").orElseThrow();
  }

  /** Returns the part for validation, if there is one. */
  public Optional<Dataset> valid() {
    return part("valid");
  }

  /** Returns the test part, if there is one. */
  public Optional<Dataset> test() {
    return part("test");
  }

  private Optional<Dataset> part(String part) {
    if (!headers.containsKey("x_" + part)) {
      return Optional.empty();
    }
    NpyHeader x = headers.get("x_" + part);
    NpyHeader y = headers.get("y_" + part);
    NumpyLayout layout = NumpyLayout.of(x, file + ", x_" + part);
    int examples = x.shape()[0];
    if (y.shape().length == 0 || y.shape()[0] != examples || examples == 0) {
      throw DataException.of(
          file,
          "x_%s of %s and y_%s of %s"
              .formatted(part, Arrays.toString(x.shape()), part, Arrays.toString(y.shape())),
          "as many labels as examples, and at least one",
          "Save the arrays of one set.");
    }
    NumpyLabels labels =
        areClasses() ? labels(part).orElseThrow(() -> noClasses(part)) : unlabelled(examples);
    Dataset set = examples("x_" + part, layout, labels);
    return Optional.of(areClasses() ? set : valued(set, part));
  }

  private Dataset examples(String array, NumpyLayout layout, NumpyLabels labels) {
    String name = FileNames.of(file);
    NpyHeader x = headers.get(array);
    Object values = layout.channelsFirst(read(array, in -> NpyArray.numbers(x, in)).values());
    return values instanceof byte[] bytes
        ? new ByteImages(name, layout.shape(), labels.classNames(), bytes, labels.labels())
        : new FloatArray(
            name, layout.shape(), labels.classNames(), (float[]) values, labels.labels());
  }

  /** Settles, by the training part, whether the targets are classes. */
  private boolean areClasses() {
    if (classes == null) {
      classes =
          reading == TargetReading.CLASSES
              || reading == TargetReading.BY_CONTENT && labels("train").isPresent();
    }
    return classes;
  }

  private Optional<NumpyLabels> labels(String part) {
    NpyHeader y = headers.get("y_" + part);
    return read("y_" + part, in -> NumpyLabels.read(y, in, file + ", y_" + part));
  }

  private static NumpyLabels unlabelled(int examples) {
    return new NumpyLabels(List.of("unlabelled"), new int[examples]);
  }

  private DataException noClasses(String part) {
    return DataException.of(
        file + ", y_" + part,
        "numbers that are no classes",
        "the class of each example, or a row of zeros and a one",
        "Save the number of each class, from 0, or its name.");
  }

  private Valued valued(Dataset set, String part) {
    NpyHeader y = headers.get("y_" + part);
    NumpyValues targets = read("y_" + part, in -> NumpyValues.read(y, in, file + ", y_" + part));
    return new Valued(set, targets.names(), targets.values());
  }

  @FunctionalInterface
  private interface Reading<T> {
    T from(InputStream in) throws IOException;
  }

  private <T> T read(String name, Reading<T> reading) {
    try (ZipFile zip = new ZipFile(file.toFile())) {
      ZipEntry entry =
          zip.stream()
              .filter(e -> e.getName().equals(name) || e.getName().equals(name + ".npy"))
              .findFirst()
              .orElseThrow(() -> new IOException("it has changed"));
      try (InputStream in = stream(zip, entry)) {
        in.skipNBytes(headers.get(name).bytes());
        return reading.from(in);
      }
    } catch (IOException e) {
      throw damaged(file, e);
    }
  }

  private static InputStream stream(ZipFile zip, ZipEntry entry) throws IOException {
    return new BufferedInputStream(zip.getInputStream(entry), 1 << 16);
  }

  private static DataException damaged(Path file, IOException cause) {
    return DataException.of(
        file,
        "a damaged file (" + cause.getMessage() + ")",
        "one that numpy.savez has written",
        "Copy or write it again.",
        cause);
  }
}

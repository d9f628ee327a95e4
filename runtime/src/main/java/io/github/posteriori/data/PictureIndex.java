package io.github.posteriori.data;

import io.github.posteriori.data.picture.PictureDecoder;
import io.github.posteriori.data.picture.PictureHeader;
import io.github.posteriori.layers.Shape;
import io.github.posteriori.log.Log;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The pictures of a folder, by class and name, and the files that had to be left out.
 *
 * <p>Every file is looked at on all cores: its header, and whether it is whole as far as can be
 * seen without decoding it. Folders of up to {@value #MOST_DECODED} pixels are decoded as well, for
 * what only that brings to light.
 */
final class PictureIndex {
  private static final Log LOG = Log.of(PictureIndex.class);

  /** Some 4,000 photographs of 256 x 256 pixels. */
  private static final long MOST_DECODED = 1L << 28;

  /** Height and width of pictures whose own differ. */
  private static final int SIDE = 64;

  private final Path folder;
  private final List<Path> files = new ArrayList<>();
  private final List<Integer> labels = new ArrayList<>();
  private final Map<Path, String> skipped = new LinkedHashMap<>();
  private final Set<List<Integer>> sizes = new HashSet<>();
  private boolean grey = true;
  private long pixels;

  private PictureIndex(Path folder) {
    this.folder = folder;
  }

  /** What was seen of a file: its header, or why it is left out. */
  private record Seen(Path file, int label, PictureHeader header, String reason) {}

  /**
   * Looks at all files of a folder.
   *
   * @param classes the folders of the classes, by label
   * @param skipped what lies beside them, each with a message that says why it is left out
   * @throws DataException if a class has no readable picture
   */
  static PictureIndex of(Path folder, List<Path> classes, Map<Path, String> skipped) {
    PictureIndex index = new PictureIndex(folder);
    index.skipped.putAll(skipped);
    List<Seen> listed = new ArrayList<>();
    for (int label = 0; label < classes.size(); label++) {
      for (Path file : FileNames.visible(classes.get(label))) {
        listed.add(new Seen(file, label, null, null));
      }
    }
    List<Seen> seen = listed.parallelStream().map(PictureIndex::look).toList();
    long total =
        seen.stream().filter(s -> s.header != null).mapToLong(s -> s.header.pixels()).sum();
    if (total <= MOST_DECODED) {
      seen = seen.parallelStream().map(PictureIndex::decode).toList();
    }
    seen.forEach(index::add);
    Set<Integer> found = new HashSet<>(index.labels);
    for (int label = 0; label < classes.size(); label++) {
      if (!found.contains(label)) {
        throw withoutPicture(classes.get(label));
      }
    }
    index.warn();
    return index;
  }

  private static Seen look(Seen listed) {
    Path file = listed.file;
    if (Files.isDirectory(file)) {
      return new Seen(
          file,
          listed.label,
          null,
          DataException.of(
                  file,
                  "a folder in that of a class",
                  "a picture",
                  "Move its pictures one level up.")
              .getMessage());
    }
    try {
      return new Seen(file, listed.label, Picture.reading(file, PictureDecoder::inspect), null);
    } catch (DataException e) {
      return new Seen(file, listed.label, null, e.getMessage());
    }
  }

  /** Decodes a picture whose header is sound, as coarsely as its format allows. */
  private static Seen decode(Seen seen) {
    if (seen.header == null) {
      return seen;
    }
    try {
      Picture.reading(seen.file, bytes -> PictureDecoder.decode(bytes, 1, 1));
      return seen;
    } catch (DataException e) {
      return new Seen(seen.file, seen.label, null, e.getMessage());
    }
  }

  private void add(Seen seen) {
    if (seen.header == null) {
      skipped.put(seen.file, seen.reason);
      return;
    }
    files.add(seen.file);
    labels.add(seen.label);
    sizes.add(List.of(seen.header.height(), seen.header.width()));
    grey &= seen.header.grey();
    pixels += seen.header.pixels();
  }

  private static DataException withoutPicture(Path classFolder) {
    return DataException.of(
        classFolder,
        "no readable picture",
        Picture.FORMATS + " files",
        "Put the pictures of this class there, or remove the folder.");
  }

  private void warn() {
    if (!skipped.isEmpty()) {
      LOG.warn(
          "%s: left out %s of %s files, the first is %s"
              .formatted(
                  folder,
                  skipped.size(),
                  skipped.size() + files.size(),
                  skipped.values().iterator().next()));
    }
  }

  /** Returns what was left out, in order, and for each a message that says why. */
  Map<Path, String> skipped() {
    return skipped;
  }

  /**
   * Returns the shape that suits the pictures: in colour unless all are grey, of their own size if
   * it is one, and else 64 x 64.
   */
  Shape.Image shape() {
    int channels = grey ? 1 : 3;
    if (sizes.size() == 1) {
      List<Integer> size = sizes.iterator().next();
      return Shape.image(channels, size.get(0), size.get(1));
    }
    return Shape.image(channels, SIDE, SIDE);
  }

  /** Makes a set of the pictures. */
  PictureFiles files(String name, List<String> classNames, Shape.Image shape) {
    return new PictureFiles(
        name,
        shape,
        classNames,
        List.copyOf(files),
        labels.stream().mapToInt(Integer::intValue).toArray());
  }
}

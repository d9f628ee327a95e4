package io.github.posteriori.data;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * CIFAR-10 and CIFAR-100 in their official binary versions: 50,000 and 10,000 photographs of {@code
 * [3, 32, 32]}.
 *
 * <p>They are read from the unpacked folder, {@code cifar-10-batches-bin} or {@code
 * cifar-100-binary}, or, if it lacks a file, directly from the official archive, {@code
 * cifar-10-binary.tar.gz} or {@code cifar-100-binary.tar.gz}. Nothing is unpacked to disk. Where
 * these are absent, the version for Python is read: {@code cifar-10-batches-py} or {@code
 * cifar-100-python}, or its archive.
 */
public enum CifarFolder implements PublishedSet {
  /** Ten classes. */
  CIFAR_10(
      "cifar10",
      "cifar-10-batches-bin",
      List.of(
          "data_batch_1.bin",
          "data_batch_2.bin",
          "data_batch_3.bin",
          "data_batch_4.bin",
          "data_batch_5.bin"),
      "test_batch.bin",
      Catalogue.CIFAR_10,
      """
      airplane automobile bird cat deer dog frog horse ship truck
      """),
  /** A hundred classes, the "fine" labels. */
  CIFAR_100(
      "cifar100",
      "cifar-100-binary",
      List.of("train.bin"),
      "test.bin",
      Catalogue.CIFAR_100,
      """
      apple aquarium_fish baby bear beaver bed bee beetle bicycle bottle
      bowl boy bridge bus butterfly camel can castle caterpillar cattle
      chair chimpanzee clock cloud cockroach couch crab crocodile cup dinosaur
      dolphin elephant flatfish forest fox girl hamster house kangaroo keyboard
      lamp lawn_mower leopard lion lizard lobster man maple_tree motorcycle mountain
      mouse mushroom oak_tree orange orchid otter palm_tree pear pickup_truck pine_tree
      plain plate poppy porcupine possum rabbit raccoon ray road rocket
      rose sea seal shark shrew skunk skyscraper snail snake spider
      squirrel streetcar sunflower sweet_pepper table tank telephone television tiger tractor
      train trout tulip turtle wardrobe whale willow_tree wolf woman worm
      """,
      20);

  /** The largest file accepted, in bytes; the largest official one has 153,700,000. */
  private static final int MOST_BYTES = 1 << 28;

  private final String dataset;
  private final String folder;
  private final List<String> train;
  private final String test;
  private final PublishedFile archive;
  private final List<String> classNames;

  /** The number of values of each label byte; the last one is the class. */
  private final int[] labels;

  CifarFolder(
      String dataset,
      String folder,
      List<String> train,
      String test,
      PublishedFile archive,
      String classNames,
      int... coarser) {
    this.dataset = dataset;
    this.folder = folder;
    this.train = train;
    this.test = test;
    this.archive = archive;
    this.classNames = List.of(classNames.split("\\s+"));
    this.labels = Arrays.copyOf(coarser, coarser.length + 1);
    this.labels[coarser.length] = this.classNames.size();
  }

  String dataset() {
    return dataset;
  }

  List<String> classNames() {
    return classNames;
  }

  @Override
  public Dataset read(Path data, Part part) {
    if (isUnpacked(data, part)) {
      return joined(
          files(part).stream()
              .map(name -> data.resolve(folder).resolve(name))
              .map(file -> records(file, bytes(file)))
              .toList());
    }
    Path packed = data.resolve(archive.path());
    if (Files.isRegularFile(packed)) {
      List<String> entries = files(part).stream().map(name -> folder + "/" + name).toList();
      Map<String, byte[]> contents = TarGz.read(packed, entries, MOST_BYTES);
      return joined(
          entries.stream()
              .map(entry -> records(packed.resolve(entry), contents.get(entry)))
              .toList());
    }
    Map<Path, byte[]> pickles = pickles(data, part);
    if (!pickles.isEmpty()) {
      return joined(
          pickles.entrySet().stream()
              .map(file -> records(file.getKey(), python().records(file.getKey(), file.getValue())))
              .toList());
    }
    throw DataException.of(
        data.resolve(folder),
        "no " + absent(data, part),
        "the files of the binary version of " + dataset,
        "Put %s, from %s, into %s; it need not be unpacked. The files of Python, in %s, do as well."
            .formatted(archive.path(), archive.source(), data, python().folder()));
  }

  /** Reads the files of the version for Python, in their order; none if it is not there. */
  private Map<Path, byte[]> pickles(Path data, Part part) {
    List<String> names = pickleNames(part);
    Map<Path, byte[]> pickles = new LinkedHashMap<>();
    if (hasPickles(data, part)) {
      names.forEach(name -> pickles.put(data.resolve(name), bytes(data.resolve(name))));
      return pickles;
    }
    Path packed = data.resolve(python().archive());
    if (Files.isRegularFile(packed)) {
      Map<String, byte[]> contents = TarGz.read(packed, names, MOST_BYTES);
      names.forEach(name -> pickles.put(packed.resolve(name), contents.get(name)));
    }
    return pickles;
  }

  private boolean hasPickles(Path data, Part part) {
    return pickleNames(part).stream().allMatch(name -> Files.isRegularFile(data.resolve(name)));
  }

  private List<String> pickleNames(Part part) {
    return files(part).stream()
        .map(name -> python().folder() + "/" + CifarPython.name(name))
        .toList();
  }

  private CifarPython python() {
    return this == CIFAR_10 ? CifarPython.TEN : CifarPython.HUNDRED;
  }

  @Override
  public List<PublishedFile> missing(Path data, Part part) {
    boolean complete =
        isUnpacked(data, part)
            || Files.isRegularFile(data.resolve(archive.path()))
            || Files.isRegularFile(data.resolve(python().archive()))
            || hasPickles(data, part);
    return complete ? List.of() : List.of(archive);
  }

  private List<String> files(Part part) {
    return part == Part.TRAIN ? train : List.of(test);
  }

  private boolean isUnpacked(Path data, Part part) {
    return absent(data, part).isEmpty();
  }

  private String absent(Path data, Part part) {
    List<String> names =
        files(part).stream()
            .filter(name -> !Files.isRegularFile(data.resolve(folder).resolve(name)))
            .toList();
    return String.join(", ", names);
  }

  private CifarRecords records(Path file, byte[] bytes) {
    return CifarRecords.checked(dataset, classNames, labels, file, bytes);
  }

  private static Dataset joined(List<CifarRecords> files) {
    return files.size() == 1 ? files.get(0) : new Joined(files);
  }

  private static byte[] bytes(Path file) {
    try {
      long size = Files.size(file);
      if (size > MOST_BYTES) {
        throw DataException.of(
            file, size + " bytes", "at most " + MOST_BYTES, "Fetch the file again.");
      }
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw DataException.unreadable(file, e);
    }
  }
}

package io.github.posteriori.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.posteriori.layers.Shape;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class MnistFolderTest {
  @TempDir Path data;

  @ParameterizedTest
  @EnumSource(MnistFolder.class)
  void readsBothPartsOfEverySet(MnistFolder set) throws IOException {
    String folder =
        switch (set) {
          case MNIST -> "MNIST";
          case FASHION -> "FashionMNIST";
          case NOT_MNIST -> "notMNIST";
        };
    write(folder + "/train-images-idx3-ubyte", images(3, 0));
    write(folder + "/train-labels-idx1-ubyte", labels(7, 8, 9));
    write(folder + "/t10k-images-idx3-ubyte.gz", IdxBytes.gzip(images(2, 255)));
    write(folder + "/t10k-labels-idx1-ubyte.gz", IdxBytes.gzip(labels(1, 0)));

    Dataset train = set.train(data);
    Dataset test = set.test(data);

    assertEquals(3, train.size());
    assertEquals(9, train.label(2));
    assertEquals(0f, image(train, 1)[500]);
    assertEquals(2, test.size());
    assertEquals(1, test.label(0));
    assertEquals(1f, image(test, 1)[500]);
    assertEquals(Shape.image(1, 32, 32), test.shape());
    assertEquals(10, test.classes());
    assertEquals(ShippedClasses.of(test.name()).orElseThrow(), test.classNames());
  }

  @Test
  void namesTheSets() throws IOException {
    for (String folder : new String[] {"MNIST", "FashionMNIST", "notMNIST"}) {
      write(folder + "/t10k-images-idx3-ubyte", images(1, 0));
      write(folder + "/t10k-labels-idx1-ubyte", labels(1));
    }

    assertEquals("mnist", MnistFolder.MNIST.test(data).name());
    assertEquals("fashion", MnistFolder.FASHION.test(data).name());
    assertEquals("notmnist", MnistFolder.NOT_MNIST.test(data).name());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", ".gz"})
  void acceptsADotInTheNames(String suffix) throws IOException {
    write("MNIST/train-images.idx3-ubyte" + suffix, images(1, 0));
    write("MNIST/train-labels.idx1-ubyte" + suffix, labels(4));

    assertEquals(4, MnistFolder.MNIST.train(data).label(0));
  }

  @ParameterizedTest
  @ValueSource(strings = {"MNIST/raw", "mnist", "Mnist/raw"})
  void findsTheFilesWhereOtherToolsLeaveThem(String folder) throws IOException {
    write(folder + "/train-images-idx3-ubyte.gz", IdxBytes.gzip(images(1, 0)));
    write(folder + "/train-images-idx3-ubyte", images(1, 0));
    write(folder + "/train-labels-idx1-ubyte", labels(4));

    assertEquals(4, MnistFolder.MNIST.train(data).label(0));
    assertEquals(List.of(), MnistFolder.MNIST.missing(data, Part.TRAIN));
    assertEquals(Catalogue.MNIST.subList(2, 4), MnistFolder.MNIST.missing(data, Part.TEST));
  }

  @Test
  void findsFashionMnistWhereTorchvisionLeavesIt() throws IOException {
    write("FashionMNIST/raw/t10k-images-idx3-ubyte", images(1, 0));
    write("FashionMNIST/raw/t10k-labels-idx1-ubyte.gz", IdxBytes.gzip(labels(8)));

    assertEquals(8, MnistFolder.FASHION.test(data).label(0));
  }

  @Test
  void takesBothFilesOfAPartFromOnePlaceIfItCan() throws IOException {
    write("MNIST/train-labels-idx1-ubyte", labels(1, 2, 3));
    write("MNIST/raw/train-images-idx3-ubyte", images(1, 0));
    write("MNIST/raw/train-labels-idx1-ubyte", labels(4));

    assertEquals(4, MnistFolder.MNIST.train(data).label(0));
    Files.delete(data.resolve("MNIST/raw/train-labels-idx1-ubyte"));
    assertEquals(List.of(), MnistFolder.MNIST.missing(data, Part.TRAIN));
    DataException e = assertThrows(DataException.class, () -> MnistFolder.MNIST.train(data));
    assertTrue(e.getMessage().contains("found 1 images, expected 3"), e.getMessage());
  }

  @Test
  void saysWhichFilesToPutWhereWhenThereAreNone() {
    DataException e = assertThrows(DataException.class, () -> MnistFolder.MNIST.train(data));

    assertEquals(
        data.resolve("MNIST")
            + ": found no train-images-idx3-ubyte, expected that file, plain or as"
            + " train-images-idx3-ubyte.gz. Put train-images-idx3-ubyte.gz and"
            + " train-labels-idx1-ubyte.gz, from"
            + " https://storage.googleapis.com/cvdf-datasets/mnist/, into this folder.",
        e.getMessage());
    String unpublished =
        assertThrows(DataException.class, () -> MnistFolder.NOT_MNIST.train(data)).getMessage();
    assertTrue(
        unpublished.endsWith(
            "Put train-images-idx3-ubyte.gz and train-labels-idx1-ubyte.gz, or"
                + " notMNIST_large.tar.gz, which need not be unpacked, into this folder."),
        unpublished);
  }

  @Test
  void lacksThePublishedFilesThatAreNotThere() throws IOException {
    write("MNIST/train-labels.idx1-ubyte", labels(4));

    assertEquals(
        List.of(Path.of("MNIST/train-images-idx3-ubyte.gz")),
        MnistFolder.MNIST.missing(data, Part.TRAIN).stream().map(PublishedFile::path).toList());
    assertEquals(Catalogue.MNIST.subList(2, 4), MnistFolder.MNIST.missing(data, Part.TEST));
    assertEquals(Catalogue.FASHION.subList(0, 2), MnistFolder.FASHION.missing(data, Part.TRAIN));
    assertEquals(List.of(), MnistFolder.NOT_MNIST.missing(data, Part.TEST));
  }

  @Test
  void saysWhenOnlyTheLabelsAreMissing() throws IOException {
    write("notMNIST/t10k-images-idx3-ubyte", images(1, 0));

    assertRefused(MnistFolder.NOT_MNIST, "found no t10k-labels-idx1-ubyte");
  }

  @Test
  void refusesMoreLabelsThanImages() throws IOException {
    write("MNIST/t10k-images-idx3-ubyte", images(2, 0));
    write("MNIST/t10k-labels-idx1-ubyte", labels(1, 2, 3));

    assertRefused(
        MnistFolder.MNIST, "found 2 images, expected 3 as in t10k-labels-idx1-ubyte", "Fetch both");
  }

  @ParameterizedTest
  @ValueSource(ints = {10, 200})
  void refusesALabelOutsideTheClasses(int label) throws IOException {
    write("MNIST/t10k-images-idx3-ubyte", images(2, 0));
    write("MNIST/t10k-labels-idx1-ubyte", labels(1, label));

    assertRefused(MnistFolder.MNIST, "found label " + label + " at position 1", "expected 0 to 9");
  }

  @Test
  void readsTheRealMnist() {
    Path real = RealData.with("MNIST");

    Dataset train = MnistFolder.MNIST.train(real);
    Dataset test = MnistFolder.MNIST.test(real);

    assertEquals(60_000, train.size());
    assertEquals(10_000, test.size());
    assertArrayEquals(new int[] {5, 0, 4, 1, 9}, firstLabels(train));
    assertArrayEquals(new int[] {7, 2, 1, 0, 4}, firstLabels(test));
    // Bilinear interpolation up to another size all but keeps the mean, which is known: 0.1307.
    assertEquals(0.1307, mean(train), 0.0005);
  }

  @Test
  void readsTheRealNotMnist() {
    Dataset letters = MnistFolder.NOT_MNIST.test(RealData.with("notMNIST"));

    assertEquals(10_000, letters.size());
    assertTrue(mean(letters) > 0.3, "letters of many typefaces are mostly bold");
  }

  private static int[] firstLabels(Dataset dataset) {
    int[] labels = new int[5];
    for (int i = 0; i < labels.length; i++) {
      labels[i] = dataset.label(i);
    }
    return labels;
  }

  private static double mean(Dataset dataset) {
    double sum = 0;
    for (int i = 0; i < dataset.size(); i++) {
      for (float pixel : image(dataset, i)) {
        sum += pixel;
      }
    }
    return sum / dataset.size() / dataset.shape().size();
  }

  private static float[] image(Dataset dataset, int index) {
    float[] pixels = new float[dataset.shape().size()];
    dataset.image(index, pixels, 0);
    return pixels;
  }

  private void assertRefused(MnistFolder set, String... parts) {
    DataException e = assertThrows(DataException.class, () -> set.test(data));
    for (String part : parts) {
      assertTrue(e.getMessage().contains(part), e.getMessage());
    }
  }

  private void write(String name, byte[] bytes) throws IOException {
    Path file = data.resolve(name);
    Files.createDirectories(file.getParent());
    Files.write(file, bytes);
  }

  private static byte[] images(int count, int value) {
    byte[] pixels = new byte[count * 28 * 28];
    Arrays.fill(pixels, (byte) value);
    return IdxBytes.of(pixels, count, 28, 28);
  }

  private static byte[] labels(int... labels) {
    byte[] bytes = new byte[labels.length];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) labels[i];
    }
    return IdxBytes.of(bytes, labels.length);
  }
}

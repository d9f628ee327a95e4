package io.github.posteriori.data;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * The published files with known checksums.
 *
 * @see <a href="https://github.com/tensorflow/datasets">TensorFlow Datasets, folder {@code
 *     url_checksums}: mnist.txt, fashion_mnist.txt, cifar10.txt, cifar100.txt</a>
 */
final class Catalogue {
  static final List<PublishedFile> MNIST =
      files(
          "MNIST",
          "https://storage.googleapis.com/cvdf-datasets/mnist/",
          "train-images-idx3-ubyte.gz 9912422"
              + " 440fcabf73cc546fa21475e81ea370265605f56be210a4024d2ca8f203523609",
          "train-labels-idx1-ubyte.gz 28881"
              + " 3552534a0a558bbed6aed32b30c495cca23d567ec52cac8be1a0730e8010255c",
          "t10k-images-idx3-ubyte.gz 1648877"
              + " 8d422c7b0a1c1c79245a5bcf07fe86e33eeafee792b84584aec276f5a2dbc4e6",
          "t10k-labels-idx1-ubyte.gz 4542"
              + " f7ae60f92e00ec6debd23a6088c31dbd2371eca3ffa0defaefb259924204aec6");

  // Published without TLS, for which the checksums compensate.
  static final List<PublishedFile> FASHION =
      files(
          "FashionMNIST",
          "http://fashion-mnist.s3-website.eu-central-1.amazonaws.com/",
          "train-images-idx3-ubyte.gz 26421880"
              + " 3aede38d61863908ad78613f6a32ed271626dd12800ba2636569512369268a84",
          "train-labels-idx1-ubyte.gz 29515"
              + " a04f17134ac03560a47e3764e11b92fc97de4d1bfaf8ba1a3aa29af54cc90845",
          "t10k-images-idx3-ubyte.gz 4422102"
              + " 346e55b948d973a97e58d2351dde16a484bd415d4595297633bb08f03db6a073",
          "t10k-labels-idx1-ubyte.gz 5148"
              + " 67da17c76eaffca5446c3361aaab5c3cd6d1c2608764d35dfb1850b086bf8dd5");

  static final PublishedFile CIFAR_10 =
      file(
          "",
          "https://www.cs.toronto.edu/~kriz/",
          "cifar-10-binary.tar.gz 170052171"
              + " c4a38c50a1bc5f3a1c5537f2155ab9d68f9f25eb1ed8d9ddda3db29a59bca1dd");

  static final PublishedFile CIFAR_100 =
      file(
          "",
          "https://www.cs.toronto.edu/~kriz/",
          "cifar-100-binary.tar.gz 168513733"
              + " 58a81ae192c23a4be8b1804d68e518ed807d710a4eb253b1f2a199162a40d8ec");

  private Catalogue() {}

  private static List<PublishedFile> files(String folder, String source, String... lines) {
    return Stream.of(lines).map(line -> file(folder, source, line)).toList();
  }

  /** Reads a line of name, length and checksum. */
  private static PublishedFile file(String folder, String source, String line) {
    String[] parts = line.split(" ");
    return new PublishedFile(
        Path.of(folder, parts[0]),
        URI.create(source + parts[0]),
        Long.parseLong(parts[1]),
        parts[2]);
  }
}

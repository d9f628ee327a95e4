package io.github.posteriori.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.Test;

class CatalogueTest {

  @Test
  void knowsEveryFileByItsLengthAndChecksum() {
    List<PublishedFile> files = new ArrayList<>();
    files.addAll(Catalogue.MNIST);
    files.addAll(Catalogue.FASHION);
    files.addAll(List.of(Catalogue.CIFAR_10, Catalogue.CIFAR_100));

    assertEquals(10, files.size());
    assertEquals(10, new HashSet<>(files.stream().map(PublishedFile::sha256).toList()).size());
    for (PublishedFile file : files) {
      assertTrue(file.sha256().matches("[0-9a-f]{64}"), file.toString());
      assertTrue(file.bytes() > 4_000, file.toString());
      assertTrue(file.source().toString().endsWith(file.path().getFileName().toString()));
    }
    assertEquals(Path.of("cifar-10-binary.tar.gz"), Catalogue.CIFAR_10.path());
    assertEquals(
        Path.of("FashionMNIST", "train-images-idx3-ubyte.gz"), Catalogue.FASHION.get(0).path());
  }
}

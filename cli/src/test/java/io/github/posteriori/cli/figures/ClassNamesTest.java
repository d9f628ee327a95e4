package io.github.posteriori.cli.figures;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClassNamesTest {
  @ParameterizedTest
  @CsvSource({
    "mnist, 7, 7",
    "notmnist, 1, B",
    "cifar10, 9, truck",
    "cifar100, 42, 42",
    "splitmnist-2.2, 0, 5",
    "splitmnist-5.2, 1, 3",
    "splitcifar10-2.2, 4, truck",
    "splitcifar100-10.3, 2, 22",
    "a user's own, 3, 3",
    "splitmnist-0.1, 3, 3"
  })
  void classOfAPartIsCalledWhatItIsInTheWhole(String dataset, int label, String name) {
    assertEquals(name, ClassNames.name(dataset, label));
  }
}

package io.github.posteriori.data;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ShippedClassesTest {
  @ParameterizedTest
  @CsvSource({
    "digits, 10, 7, 7",
    "mnist, 10, 7, 7",
    "letters, 10, 9, J",
    "notmnist, 10, 1, B",
    "fashion, 10, 9, ankle boot",
    "cifar10, 10, 9, truck",
    "cifar100, 100, 0, apple",
    "cifar100, 100, 42, leopard",
    "cifar100, 100, 99, worm",
    "splitmnist-2.2, 5, 0, 5",
    "splitmnist-5.2, 2, 1, 3",
    "splitcifar10-2.2, 5, 4, truck",
    "splitcifar100-10.3, 10, 2, clock"
  })
  void aClassOfAPartIsCalledWhatItIsInTheWhole(String set, int classes, int label, String name) {
    List<String> names = ShippedClasses.of(set).orElseThrow();
    assertEquals(classes, names.size());
    assertEquals(name, names.get(label));
    assertEquals(names, new ClassNames(names).names(), "distinct");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"my own", "splitmnist-0.1", "splitmnist-3.1", "splitmnist-5.6", "split-2.1"})
  void theClassesOfOtherSetsAreUnknown(String set) {
    assertEquals(Optional.empty(), ShippedClasses.of(set));
  }

  @Test
  void drawnSetsHaveTheirNames() {
    assertEquals(
        List.of("0", "1", "2", "3", "4", "5", "6", "7", "8", "9"),
        Digits.digits(1, 1).classNames());
    assertEquals(
        List.of("A", "B", "C", "D", "E", "F", "G", "H", "I", "J"),
        Digits.letters(1, 1).classNames());
  }
}

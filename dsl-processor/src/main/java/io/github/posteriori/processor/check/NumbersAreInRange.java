package io.github.posteriori.processor.check;

import io.github.posteriori.annotations.Dim;
import io.github.posteriori.processor.infer.Network;
import io.github.posteriori.processor.infer.StatedInput;
import io.github.posteriori.processor.report.Message;
import io.github.posteriori.processor.report.Reporter;
import io.github.posteriori.processor.spec.InputSpec;
import io.github.posteriori.processor.spec.LayerSpec;
import io.github.posteriori.processor.spec.Stated;

/**
 * Checks that sizes and groups are at least 1, or one of the special values that their element
 * allows.
 */
final class NumbersAreInRange implements Rule {
  @Override
  public void check(Network network, Reporter reporter) {
    InputSpec input = network.spec().input();
    input.imageSides().forEach(side -> check(side.getKey(), side.getValue(), reporter));
    check("features", input.features(), reporter);
    network.forEach(
        LayerSpec.Affine.class,
        (affine, node) -> require(affine.out(), "out", Dim.FREE, ", or Dim.FREE", reporter));
    network.forEach(
        LayerSpec.Filtering.class,
        (conv, node) -> require(conv.groups(), "groups", 1, "", reporter));
    network.forEach(
        LayerSpec.GroupNorm.class,
        (norm, node) -> require(norm.groups(), "groups", 1, "", reporter));
    network.nodes().stream()
        .flatMap(node -> StatedInput.of(node).stream())
        .forEach(
            stated ->
                require(stated.stated(), stated.element(), Dim.INFER, ", or Dim.INFER", reporter));
  }

  private static void check(String name, Stated<Integer> side, Reporter reporter) {
    if (side.value() != Dim.INFER) {
      require(side, name, Dim.FREE, ", or Dim.FREE", reporter);
    }
  }

  private static void require(
      Stated<Integer> number, String name, int mark, String orMark, Reporter reporter) {
    if (number.value() < 1 && number.value() != mark) {
      String found = SpecialValue.text(number.value());
      reporter.report(number.place(), Message.TOO_SMALL, name, found, 1, orMark);
    }
  }
}

package io.github.posteriori.processor.check;

import io.github.posteriori.processor.infer.Network;
import io.github.posteriori.processor.report.Message;
import io.github.posteriori.processor.report.Reporter;
import io.github.posteriori.processor.spec.LayerSpec;
import io.github.posteriori.processor.spec.WindowSpec;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Checks that kernel, stride, paddings, dilation and scale have one or two entries, none too small.
 */
final class WindowsAreWellFormed implements Rule {
  @Override
  public void check(Network network, Reporter reporter) {
    network.forEach(
        LayerSpec.Windowed.class,
        (layer, node) ->
            layer.window().parts().stream()
                .filter(part -> part.entries().explicit())
                .forEach(part -> check(part, reporter)));
    network.forEach(
        LayerSpec.ConvTranspose.class,
        (conv, node) -> {
          if (conv.outputPadding().explicit()) {
            check(conv.extra(), reporter);
          }
        });
    network.forEach(LayerSpec.Upsample.class, (upsample, node) -> check(upsample.part(), reporter));
  }

  private static void check(WindowSpec.Part part, Reporter reporter) {
    List<Integer> entries = part.entries().value();
    if (!part.isPair()) {
      reporter.report(part.entries().place(), Message.WRONG_ENTRIES, part.name(), entries.size());
    } else if (!part.isInRange()) {
      String found = entries.stream().map(SpecialValue::text).collect(Collectors.joining("x"));
      reporter.report(
          part.entries().place(), Message.TOO_SMALL, part.name(), found, part.minimum(), "");
    }
  }
}

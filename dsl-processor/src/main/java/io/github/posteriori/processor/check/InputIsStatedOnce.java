package io.github.posteriori.processor.check;

import io.github.posteriori.processor.infer.Network;
import io.github.posteriori.processor.report.Message;
import io.github.posteriori.processor.report.Reporter;
import io.github.posteriori.processor.spec.InputSpec;
import java.util.List;

/** Checks that the input is either a complete image or features. */
final class InputIsStatedOnce implements Rule {
  @Override
  public void check(Network network, Reporter reporter) {
    InputSpec input = network.spec().input();
    List<String> missing = input.missingOfImage();
    if (input.statesImage() && input.statesFeatures()) {
      reporter.report(input.features().place(), Message.INPUT_TWICE);
    } else if (!input.statesImage() && !input.statesFeatures()) {
      reporter.report(input.place(), Message.INPUT_MISSING, "nothing is stated");
    } else if (input.statesImage() && !missing.isEmpty()) {
      String verb = missing.size() == 1 ? " is missing" : " are missing";
      reporter.report(input.place(), Message.INPUT_MISSING, String.join(" and ", missing) + verb);
    }
  }
}

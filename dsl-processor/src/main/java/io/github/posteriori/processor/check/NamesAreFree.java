package io.github.posteriori.processor.check;

import io.github.posteriori.annotations.BayesModel;
import io.github.posteriori.processor.infer.Network;
import io.github.posteriori.processor.infer.Node;
import io.github.posteriori.processor.report.Message;
import io.github.posteriori.processor.report.Place;
import io.github.posteriori.processor.report.Reporter;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Checks that a layer's name collides neither with another field nor with a method of modules. */
final class NamesAreFree implements Rule {
  private static final Set<String> TAKEN =
      Set.of(
          // of BayesModule
          "forward",
          "backward",
          "predict",
          "save",
          "options",
          "definition",
          "freeDimensions",
          "layers",
          "parameters",
          "inputShape",
          "outputShape",
          "provenance",
          "standardisation",
          "selectiveRisk",
          "calibration",
          "likelihood",
          "predictor",
          "classNames",
          "network",
          "engine",
          "runner",
          "kl",
          // generated
          "create",
          // of Object
          "hashCode",
          "toString",
          "getClass",
          "notify",
          "notifyAll",
          "clone",
          "finalize",
          "wait");

  @Override
  public void check(Network network, Reporter reporter) {
    Map<String, String> seen = new HashMap<>();
    for (Node node : network.nodes()) {
      String name = node.name();
      Place place = node.layer().field().place();
      if (TAKEN.contains(name)) {
        reporter.report(place, Message.RESERVED_NAME, name, name);
      }
      if (name.equals(BayesModel.INPUT)) {
        reporter.report(place, Message.INPUT_NAME);
      }
      String twin = seen.putIfAbsent(name.toLowerCase(Locale.ROOT), name);
      if (twin != null) {
        reporter.report(place, Message.FIELDS_COLLIDE, name, twin);
      }
    }
  }
}

package io.github.posteriori.processor.check;

import io.github.posteriori.processor.infer.Network;
import io.github.posteriori.processor.infer.Node;
import io.github.posteriori.processor.report.Message;
import io.github.posteriori.processor.report.Reporter;
import java.util.Set;

/** The accessor of a layer is no method that every module has. */
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
          "network",
          "engine",
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
    for (Node node : network.nodes()) {
      if (TAKEN.contains(node.name())) {
        reporter.report(
            node.layer().field().place(), Message.RESERVED_NAME, node.name(), node.name());
      }
    }
  }
}

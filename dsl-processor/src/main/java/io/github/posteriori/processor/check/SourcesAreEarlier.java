package io.github.posteriori.processor.check;

import io.github.posteriori.annotations.BayesModel;
import io.github.posteriori.processor.infer.Network;
import io.github.posteriori.processor.infer.Node;
import io.github.posteriori.processor.report.Message;
import io.github.posteriori.processor.report.Reporter;
import io.github.posteriori.processor.spec.LayerSpec;
import io.github.posteriori.processor.spec.Stated;
import java.util.ArrayList;
import java.util.List;

/** Checks that a layer named as a source is declared earlier. */
final class SourcesAreEarlier implements Rule {
  @Override
  public void check(Network network, Reporter reporter) {
    List<String> all = network.nodes().stream().map(Node::name).toList();
    List<String> earlier = new ArrayList<>(List.of(BayesModel.INPUT));
    for (Node node : network.nodes()) {
      boolean joins = node.layer() instanceof LayerSpec.Join;
      for (Stated<String> from : node.layer().field().from()) {
        String name = from.value();
        boolean isBefore = name.isEmpty() && !joins;
        if (!isBefore && !earlier.contains(name)) {
          String who = joins ? "@" + node.layer().annotation() : "from";
          if (all.contains(name)) {
            reporter.report(from.place(), Message.FROM_LATER, who, name, node.name());
          } else {
            reporter.report(
                from.place(),
                Message.FROM_UNKNOWN,
                who,
                quoted(name),
                remedy(name, earlier, joins));
          }
        }
      }
      earlier.add(node.name());
    }
  }

  private static String quoted(String name) {
    return name.isBlank() ? "\"" + name + "\"" : name;
  }

  private static String remedy(String name, List<String> earlier, boolean joins) {
    return Spelling.closest(name, earlier)
        .map(meant -> ": did you mean " + meant + "?")
        .orElse(
            joins
                ? ": name fields declared before"
                : ": name one of the fields before, or leave it out to take the one just before");
  }
}

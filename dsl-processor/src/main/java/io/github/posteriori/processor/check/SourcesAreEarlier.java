package io.github.posteriori.processor.check;

import io.github.posteriori.processor.infer.Network;
import io.github.posteriori.processor.infer.Node;
import io.github.posteriori.processor.report.Message;
import io.github.posteriori.processor.report.Reporter;
import io.github.posteriori.processor.spec.Stated;
import java.util.ArrayList;
import java.util.List;

/** {@code from} names a layer that is declared before. */
final class SourcesAreEarlier implements Rule {
  @Override
  public void check(Network network, Reporter reporter) {
    List<String> all = network.nodes().stream().map(Node::name).toList();
    List<String> earlier = new ArrayList<>();
    for (Node node : network.nodes()) {
      Stated<String> from = node.layer().field().from();
      String name = from.value();
      if (!name.isEmpty() && !earlier.contains(name)) {
        if (all.contains(name)) {
          reporter.report(from.place(), Message.FROM_LATER, name, node.name());
        } else {
          reporter.report(from.place(), Message.FROM_UNKNOWN, name, remedy(name, earlier));
        }
      }
      earlier.add(node.name());
    }
  }

  private static String remedy(String name, List<String> earlier) {
    return Spelling.closest(name, earlier)
        .map(meant -> ": did you mean " + meant + "?")
        .orElse(": name one of the fields before, or leave it out to take the one just before");
  }
}

package io.github.posteriori.processor.check;

import io.github.posteriori.annotations.Dim;
import io.github.posteriori.processor.infer.FreeDimension;
import io.github.posteriori.processor.infer.Network;
import io.github.posteriori.processor.infer.Node;
import io.github.posteriori.processor.infer.Shape;
import io.github.posteriori.processor.infer.ShapeInference;
import io.github.posteriori.processor.report.Finding;
import io.github.posteriori.processor.report.Message;
import io.github.posteriori.processor.report.Reporter;
import io.github.posteriori.processor.spec.LayerSpec;
import io.github.posteriori.processor.spec.NetworkSpec;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Checks that a block fits its input, gets its free outputs, and has no faults with them. */
final class BlocksFit implements Rule {
  private final Rules rules;
  private final Map<NetworkSpec, Alone> blocks = new IdentityHashMap<>();

  BlocksFit(Rules rules) {
    this.rules = rules;
  }

  /**
   * A block's class on its own.
   *
   * @param own findings about the class itself
   */
  private record Alone(Network network, Reporter own) {}

  @Override
  public void check(Network network, Reporter reporter) {
    network.forEach(LayerSpec.Block.class, (block, node) -> check(block, node, reporter));
  }

  private void check(LayerSpec.Block block, Node node, Reporter reporter) {
    Alone alone = alone(block.network());
    if (alone.own().hasErrors()) {
      reporter.faultElsewhere();
    } else {
      checkOutputs(block, alone.network().freeOutputs(), reporter);
      node.within().ifPresent(within -> checkWithin(node, within.network(), alone, reporter));
    }
  }

  private Alone alone(NetworkSpec block) {
    Alone known = blocks.get(block);
    if (known == null) {
      known = new Alone(ShapeInference.infer(block), new Reporter());
      rules.checkAll(known.network(), known.own());
      blocks.put(block, known);
    }
    return known;
  }

  private static void checkOutputs(
      LayerSpec.Block block, List<FreeDimension> open, Reporter reporter) {
    if (!block.tells(open.size())) {
      String names = open.stream().map(FreeDimension::name).collect(Collectors.joining(", "));
      reporter.report(
          block.out().place(),
          Message.BLOCK_OUTPUTS,
          counted(block.out().value().size(), "entry", "entries"),
          block.network().name(),
          open.isEmpty() ? "no output open" : counted(open.size(), "output", "outputs") + " open",
          open.isEmpty() ? "leave it out" : "state " + names + ", in this order, or one for all");
    }
    for (int out : block.out().value()) {
      if (out < 1 && out != Dim.FREE) {
        String found = SpecialValue.text(out);
        reporter.report(block.out().place(), Message.TOO_SMALL, "out", found, 1, ", or Dim.FREE");
      }
    }
  }

  /** Reports faults that the block has only in this place. */
  private void checkWithin(Node node, Network here, Alone alone, Reporter reporter) {
    if (node.input() instanceof Shape.Unknown) {
      return;
    }
    if (here.input() instanceof Shape.Unknown) {
      reporter.report(
          node.layer().field().place(),
          Message.BLOCK_INPUT,
          node.name(),
          node.input(),
          alone.network().spec().name(),
          alone.network().input());
      return;
    }
    Set<String> known = new HashSet<>(alone.own().findings().stream().map(Finding::text).toList());
    Reporter found = new Reporter();
    rules.checkAll(here, found);
    for (Finding finding : found.findings()) {
      if (!known.contains(finding.text()) && !finding.isSuppressed()) {
        reporter.report(
            node.layer().field().place(),
            finding.isError() ? Message.BLOCK_DOES_NOT_FIT : Message.BLOCK_NOTE,
            node.name(),
            here.spec().name(),
            finding.subject(),
            finding.text());
      }
    }
  }

  private static String counted(int count, String one, String many) {
    return count + " " + (count == 1 ? one : many);
  }
}

package io.github.posteriori.processor.check;

import io.github.posteriori.processor.infer.JoinedShape;
import io.github.posteriori.processor.infer.Network;
import io.github.posteriori.processor.infer.Node;
import io.github.posteriori.processor.infer.Shape;
import io.github.posteriori.processor.infer.Source;
import io.github.posteriori.processor.report.Message;
import io.github.posteriori.processor.report.Reporter;
import io.github.posteriori.processor.spec.LayerSpec;
import io.github.posteriori.processor.spec.Stated;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Checks that joined outputs are at least two, different, and of fitting shapes. */
final class JoinsFit implements Rule {
  @Override
  public void check(Network network, Reporter reporter) {
    network.forEach(
        LayerSpec.Join.class,
        (join, node) -> {
          checkNumber(join, reporter);
          checkNames(join, reporter);
          checkShapes(node, join, reporter);
        });
  }

  private static void checkNumber(LayerSpec.Join join, Reporter reporter) {
    if (join.field().from().size() < 2) {
      String found = join.field().from().isEmpty() ? "nothing" : "one output";
      reporter.report(join.field().place(), Message.JOIN_OF_FEW, join.annotation(), found);
    }
  }

  private static void checkNames(LayerSpec.Join join, Reporter reporter) {
    Set<String> names = new HashSet<>();
    for (Stated<String> from : join.field().from()) {
      if (!names.add(from.value())) {
        reporter.report(from.place(), Message.JOINED_TWICE, join.annotation(), from.value());
      }
    }
  }

  private static void checkShapes(Node node, LayerSpec.Join join, Reporter reporter) {
    List<Shape> shapes = node.sources().stream().map(Source::shape).toList();
    if (JoinedShape.misfit(join.kind(), shapes).isPresent()) {
      boolean adds = join.kind() == LayerSpec.Join.Kind.ADD;
      reporter.report(
          join.field().place(),
          Message.SHAPES_DIFFER,
          join.name(),
          node.sources().stream()
              .map(source -> source.shape() + " of " + source.name())
              .collect(Collectors.joining(" and ")),
          adds ? "equal ones" : "images of one height and width, or features",
          remedy(shapes, adds));
    }
  }

  private static String remedy(List<Shape> shapes, boolean adds) {
    boolean images = shapes.stream().anyMatch(Shape.Image.class::isInstance);
    boolean features = shapes.stream().anyMatch(Shape.Features.class::isInstance);
    if (images && features) {
      return "join what comes before the @Flatten field, or flatten all";
    }
    return adds
        ? "bring one to the other's shape, with a convolution of kernel 1 for example"
        : "bring them to one size, with padding or a pool for example";
  }
}

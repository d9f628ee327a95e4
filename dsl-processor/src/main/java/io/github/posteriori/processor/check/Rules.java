package io.github.posteriori.processor.check;

import io.github.posteriori.processor.infer.Network;
import io.github.posteriori.processor.report.Reporter;
import java.util.List;

/** The third step: all rules, each over the whole network. */
public final class Rules {
  private static final List<Rule> ALL =
      List.of(
          new HasLayers(),
          new InputIsStatedOnce(),
          new NamesAreFree(),
          new NumbersAreInRange(),
          new WindowsAreWellFormed(),
          new GroupsDivide(),
          new PaddingIsSmall(),
          new ProbabilityIsInRange(),
          new PriorsAreProper(),
          new SourcesAreEarlier(),
          new OutputsAreUsed(),
          new ShapesAreOfOneKind(),
          new StatedInputsAgree(),
          new KernelsFit(),
          new JoinsFit(),
          new BlocksFit(),
          new ShapeFunctionsMakeSense(),
          new SizesAreCountable(),
          new LastLayerIsLinear(),
          new EstimatorIsOfUse(),
          new PixelsAreRead());

  private Rules() {}

  /** Reports every fault of a network. */
  public static void check(Network network, Reporter reporter) {
    ALL.forEach(rule -> rule.check(network, reporter));
  }
}

package io.github.posteriori.processor.check;

import io.github.posteriori.processor.infer.Network;
import io.github.posteriori.processor.report.Reporter;
import java.util.List;

/** The third step: applies all rules to the whole network. */
public final class Rules {
  private final List<Rule> all =
      List.of(
          new HasLayers(),
          new InputIsStatedOnce(),
          new NamesAreFree(),
          new NumbersAreInRange(),
          new WindowsAreWellFormed(),
          new GroupsDivide(),
          new PaddingIsSmall(),
          new NormsHaveSeveralNumbers(),
          new ProbabilityIsInRange(),
          new PriorsAreProper(),
          new SourcesAreEarlier(),
          new OutputsAreUsed(),
          new ShapesAreOfOneKind(),
          new StatedInputsAgree(),
          new KernelsFit(),
          new TransposedOutputsFit(),
          new JoinsFit(),
          new BlocksFit(this),
          new ShapeFunctionsMakeSense(),
          new SizesAreCountable(),
          new LastLayerIsLinear(),
          new EstimatorIsOfUse(),
          new PixelsAreRead(),
          new DropoutIsBehindPools());

  private Rules() {}

  /** Reports every fault of a network. */
  public static void check(Network network, Reporter reporter) {
    new Rules().checkAll(network, reporter);
  }

  void checkAll(Network network, Reporter reporter) {
    all.forEach(rule -> rule.check(network, reporter));
  }
}

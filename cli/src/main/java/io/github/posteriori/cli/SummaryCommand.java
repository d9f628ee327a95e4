package io.github.posteriori.cli;

import io.github.posteriori.BayesModule;
import io.github.posteriori.Layer;
import io.github.posteriori.ModuleOptions;
import io.github.posteriori.layers.Parameter;
import io.github.posteriori.networks.Definition;
import io.github.posteriori.networks.Networks;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "summary",
    description = "Prints the layers of a network with their shapes, parameters and multiply-adds.",
    mixinStandardHelpOptions = true)
final class SummaryCommand implements Callable<Integer> {
  @Mixin private NetOptions net;
  @Mixin private ClassPathOptions classPath;

  @Option(names = "--channels", paramLabel = "N", description = NetOptions.CHANNELS)
  private Integer channels;

  @Option(
      names = "--classes",
      paramLabel = "N",
      defaultValue = "10",
      description = "(default: ${DEFAULT-VALUE})")
  private int classes;

  @Override
  public Integer call() {
    Definition definition = net.definition(new Networks(classPath.classPath(), false), true);
    BayesModule module =
        definition.create(net.sizes(definition, channels, classes), ModuleOptions.defaults());
    int widest = module.layers().stream().mapToInt(l -> l.kind().length()).max().orElse(0);
    int longest = module.layers().stream().mapToInt(l -> l.name().length()).max().orElse(0);
    String row = "%-" + Math.max(10, longest) + "s %-" + widest + "s %-16s %12s %14s%n";
    System.out.printf(Locale.ROOT, row, "layer", "kind", "output", "parameters", "multiply-adds");
    System.out.printf(Locale.ROOT, row, "images", "", module.inputShape(), "", "");
    for (Layer layer : module.layers()) {
      System.out.printf(
          Locale.ROOT,
          row,
          layer.name(),
          layer.kind(),
          layer.output(),
          number(parameters(layer)),
          number(layer.multiplyAdds()));
    }
    System.out.printf(
        Locale.ROOT,
        row,
        "total",
        "",
        "",
        number(module.layers().stream().mapToLong(SummaryCommand::parameters).sum()),
        number(module.layers().stream().mapToLong(Layer::multiplyAdds).sum()));
    return 0;
  }

  private static long parameters(Layer layer) {
    return layer.parameters().stream().filter(Parameter::trained).mapToLong(p -> p.size()).sum();
  }

  private static String number(long value) {
    return value == 0 ? "" : String.format(Locale.ROOT, "%,d", value);
  }
}

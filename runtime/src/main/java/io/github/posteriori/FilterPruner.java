package io.github.posteriori;

import io.github.posteriori.layers.AffineLayer;
import io.github.posteriori.layers.Parameter;
import io.github.posteriori.pruning.FilterSelection;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;

/**
 * Prunes whole filters (output channels, or units) of a module whose layers form a chain: what is
 * left is a smaller network, of another class, which takes less time; see {@link FilterSelection}.
 *
 * <pre>{@code
 * FilterPruner pruner = FilterPruner.of(net, 0.5);
 * SmallNetModule small = SmallNetModule.create();   // each layer of pruner.outputs(layer) filters
 * pruner.fill(small);
 * }</pre>
 *
 * <p>The command {@code prune --filters} writes the class as well.
 */
public final class FilterPruner {
  private final BayesModule module;
  private final FilterSelection selection;

  private FilterPruner(BayesModule module, double keep) {
    this.module = module;
    this.selection = FilterSelection.of(module.network(), keep);
  }

  /**
   * Selects the filters that each layer but the last keeps.
   *
   * @param keep share of a layer's filters, above 0 and at most 1; one is always kept
   * @throws IllegalArgumentException when {@code keep} is out of range, the module has layers whose
   *     channels cannot be removed, or predicts by several networks or by Laplace's approximation
   * @throws NullPointerException when {@code module} is null
   */
  public static FilterPruner of(BayesModule module, double keep) {
    Objects.requireNonNull(module, "module is null, expected one to prune");
    Pruner.requireShare(keep);
    module.requireWhole("prune");
    if (module.predictor().kept() instanceof DeepEnsemble
        || module.predictor().kept() instanceof LastLayerLaplace) {
      throw new IllegalArgumentException(
          module.definition()
              + " predicts by "
              + module.predictor().method()
              + ", expected vi or mc-dropout, for what is left is one network of another class:"
              + " prune its filters first");
    }
    return new FilterPruner(module, keep);
  }

  /** Returns how many filters a convolution or a linear layer of the module keeps. */
  public int outputs(AffineLayer layer) {
    return selection.outputs(layer);
  }

  /**
   * Gives a module of the smaller class the numbers that are left, and all that the module knows
   * beside its weights but what was measured of it.
   *
   * @throws IllegalArgumentException when it has other layers, or other numbers of filters
   */
  public void fill(BayesModule smaller) {
    for (Parameter parameter : smaller.parameters()) {
      float[] left = selection.values(parameter);
      if (left == null || left.length != parameter.size()) {
        throw new IllegalArgumentException(
            "%s is %s, but pruning has left %s numbers of it: declare the class with the numbers of"
                    .formatted(
                        parameter.name(),
                        Arrays.toString(parameter.shape()),
                        left == null ? "no" : left.length)
                + " filters that outputs(layer) says");
      }
    }
    smaller.parameters().forEach(parameter -> parameter.write(selection.values(parameter)));
    Map<String, String> ownNotes = smaller.learnt().notes();
    smaller.learn(
        nothing -> {
          Learnt known = module.learnt().withoutMeasurements();
          for (Map.Entry<String, String> note : ownNotes.entrySet()) {
            known = known.withNote(note.getKey(), note.getValue());
          }
          return known;
        });
    smaller.predictor(module.predictor());
  }
}

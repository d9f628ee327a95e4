package io.github.posteriori;

import io.github.posteriori.checkpoint.Architecture;
import io.github.posteriori.train.Replica;
import java.util.function.Supplier;

/**
 * Makes the networks on which the shards of a batch are computed.
 *
 * @param original the module that is trained
 * @param copies makes modules like it
 */
record ModuleCopies(BayesModule original, Supplier<? extends BayesModule> copies)
    implements Supplier<Replica> {

  @Override
  public Replica get() {
    BayesModule copy = copies.get();
    Architecture found = architecture(copy);
    Architecture expected = architecture(original);
    if (!found.equals(expected) || !copy.engine().name().equals(original.engine().name())) {
      throw new IllegalArgumentException(
          "the copy for a shard is %s on the engine %s, expected %s on %s: create it as the module was created"
              .formatted(found, copy.engine().name(), expected, original.engine().name()));
    }
    return new Replica(copy.runner(), copy.parameters());
  }

  private static Architecture architecture(BayesModule module) {
    return Architecture.of(module.definition(), module.freeDimensions(), module.network());
  }
}

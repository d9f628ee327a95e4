package io.github.posteriori.build;

import io.github.posteriori.engine.Stage;
import io.github.posteriori.layers.NetworkLayer;
import io.github.posteriori.layers.Shape;
import java.util.List;

/**
 * Outputs on their way into a stage or a block; {@link ModuleBuilder#from} makes it. Generated code
 * is its only user.
 */
public final class Inflow {
  private final ModuleBuilder builder;
  private final List<Integer> stages;

  /**
   * The outputs of some stages.
   *
   * @param stages their indices in the whole network, {@link Stage#INPUT} among them
   */
  Inflow(ModuleBuilder builder, List<Integer> stages) {
    this.builder = builder;
    this.stages = stages;
  }

  /**
   * The next stage: {@code layers} follow each other directly, and the first takes these outputs.
   *
   * @throws IllegalArgumentException when the first does not join as many outputs as there are
   */
  public Stage stage(NetworkLayer... layers) {
    return builder.stage(stages, List.of(layers));
  }

  /**
   * Starts a block: a network inside the other one, whose layers are the other one's too. It takes
   * one output.
   *
   * @param name of the field that declares the block
   * @param definition binary name of the block's class
   * @param input the shape of that output
   */
  public ModuleBuilder block(String name, String definition, Shape input) {
    return builder.block(stages.get(0), name, definition, input);
  }
}

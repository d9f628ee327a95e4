package io.github.posteriori.build;

import io.github.posteriori.engine.Stage;
import io.github.posteriori.layers.NetworkLayer;
import io.github.posteriori.layers.Shape;
import java.util.List;

/**
 * The outputs that flow into a stage or a block, made by {@link ModuleBuilder#from}. Generated code
 * is its only user.
 */
public final class Inflow {
  private final ModuleBuilder builder;
  private final List<Integer> stages;

  /**
   * Collects the outputs of some stages.
   *
   * @param stages their indices in the whole network; {@link Stage#INPUT} is one
   */
  Inflow(ModuleBuilder builder, List<Integer> stages) {
    this.builder = builder;
    this.stages = stages;
  }

  /**
   * Adds the next stage: {@code layers} follow each other directly, and the first takes these
   * outputs.
   *
   * @throws IllegalArgumentException when the first layer joins another number of outputs
   */
  public Stage stage(NetworkLayer... layers) {
    return builder.stage(stages, List.of(layers));
  }

  /**
   * Starts a block, a nested network whose layers belong to the outer network, too. It takes one
   * output.
   *
   * @param name of the field that declares the block
   * @param definition binary name of the block's class
   * @param input the shape of the output that it takes
   */
  public ModuleBuilder block(String name, String definition, Shape input) {
    return builder.block(stages.get(0), name, definition, input);
  }
}

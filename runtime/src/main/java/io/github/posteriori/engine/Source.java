package io.github.posteriori.engine;

/** An input of a stage: the output of another stage or of a block, or the network's input. */
public sealed interface Source permits Stage, Network, Source.Input {
  /** The input of the network; in a block, the input of the block. */
  Source INPUT = new Input();

  /**
   * The index, in the whole network, of the stage whose output this is; {@link Stage#INPUT} for the
   * network's input.
   */
  int stage();

  /** The input of a network. */
  record Input() implements Source {
    @Override
    public int stage() {
      return Stage.INPUT;
    }
  }
}

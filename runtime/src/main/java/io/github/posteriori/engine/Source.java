package io.github.posteriori.engine;

/** What a stage may take: the output of another stage, that of a block, or the network's input. */
public sealed interface Source permits Stage, Network, Source.Input {
  /** What goes into the network; in a block, what goes into the block. */
  Source INPUT = new Input();

  /**
   * The index, in the whole network, of the stage whose output this is; {@link Stage#INPUT} for
   * what no stage gives.
   */
  int stage();

  /** What goes into a network. */
  record Input() implements Source {
    @Override
    public int stage() {
      return Stage.INPUT;
    }
  }
}

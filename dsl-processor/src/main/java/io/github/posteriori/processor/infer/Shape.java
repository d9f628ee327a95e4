package io.github.posteriori.processor.infer;

/** The shape of one example between two layers, without the batch dimension. */
public sealed interface Shape {

  /** Planes of pixels. */
  record Image(Count channels, Count height, Count width) implements Shape {
    /** How many numbers one example has. */
    public Count size() {
      return channels.times(height).times(width);
    }

    @Override
    public String toString() {
      return "[" + channels + ", " + height + ", " + width + "]";
    }
  }

  /** A plain vector. */
  record Features(Count count) implements Shape {
    @Override
    public String toString() {
      return "[" + count + "]";
    }
  }

  /** Behind a fault that is reported: nothing more can be said of it. */
  record Unknown() implements Shape {
    @Override
    public String toString() {
      return "[?]";
    }
  }
}

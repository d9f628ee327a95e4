package io.github.posteriori.processor.infer;

import io.github.posteriori.processor.spec.LayerSpec;

/** The shape of one example between two layers, without the batch dimension. */
public sealed interface Shape {

  /** How many numbers one example has; none behind a fault. */
  Count size();

  /** How many channels or features; none behind a fault. */
  Count channels();

  /** Whether it is known, and a layer can take it that takes so much. */
  default boolean suits(LayerSpec.Takes takes) {
    return switch (takes) {
      case IMAGE -> this instanceof Image;
      case FEATURES -> this instanceof Features;
      case EITHER -> !(this instanceof Unknown);
    };
  }

  /** Planes of pixels. */
  record Image(Count channels, Count height, Count width) implements Shape {
    @Override
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
    public Count size() {
      return count;
    }

    @Override
    public Count channels() {
      return count;
    }

    @Override
    public String toString() {
      return "[" + count + "]";
    }
  }

  /** Behind a fault that is reported: nothing more can be said of it. */
  record Unknown() implements Shape {
    @Override
    public Count size() {
      return Count.of(0);
    }

    @Override
    public Count channels() {
      return Count.of(0);
    }

    @Override
    public String toString() {
      return "[?]";
    }
  }
}

package io.github.posteriori.processor.infer;

import io.github.posteriori.processor.spec.LayerSpec;

/** The shape of one example between two layers, without the batch dimension. */
public sealed interface Shape {

  /** The size of one example; 0 after a fault. */
  Count size();

  /** The number of channels or features; 0 after a fault. */
  Count channels();

  /** Returns whether the shape is known and of a kind that a layer can take. */
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

  /** The shape after a reported fault. */
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

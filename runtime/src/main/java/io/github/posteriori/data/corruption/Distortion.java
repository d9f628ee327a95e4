package io.github.posteriori.data.corruption;

import io.github.posteriori.layers.Shape;
import io.github.posteriori.noise.KeyedRandom;

/** A corruption with its parameters for images of one scale. */
sealed interface Distortion
    permits GaussianNoise,
        ShotNoise,
        ImpulseNoise,
        DefocusBlur,
        GlassBlur,
        MotionBlur,
        ZoomBlur,
        Snow,
        Frost,
        Fog,
        Brightness,
        Contrast,
        ElasticTransform,
        Pixelate,
        JpegCompression {

  /**
   * Distorts an image in place.
   *
   * @param image {@code [channels, height, width]}, from 0 to 1; afterwards numbers may lie
   *     outside, which are then cut off
   */
  void apply(Shape.Image shape, float[] image, KeyedRandom random);
}

package io.github.posteriori.annotations;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A two-dimensional transposed convolution whose weights are Gaussian posteriors: the adjoint of
 * the convolution of the same elements, which enlarges an image by its stride. Shapes and weights,
 * {@code [in, out / groups, rows, columns]}, are those of PyTorch's {@code ConvTranspose2d}.
 *
 * <p>Shapes: {@code [batch, in, height, width]} to {@code [batch, out, height', width']}, with
 * {@code height' = (height - 1) * stride - 2 * padding + dilation * (kernel - 1) + outputPadding +
 * 1}; likewise the width.
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.FIELD)
public @interface BayesConvTranspose {
  /** Output channels, at least 1, or {@link Dim#FREE}. */
  int out();

  /** Kernel size in pixels: one entry for a square, or two (rows, columns). */
  int[] kernel();

  /** Distance of neighbouring inputs in the output: one entry, or two (rows, columns). */
  int[] stride() default 1;

  /** Pixels taken off on each side of the output: one entry, or two (rows, columns). */
  int[] padding() default 0;

  /**
   * Pixels added below and to the right of the output, below the stride or the dilation: one entry,
   * or two (rows, columns).
   */
  int[] outputPadding() default 0;

  /**
   * Dilation, the distance between neighbouring taps in pixels: one entry, or two (rows, columns).
   */
  int[] dilation() default 1;

  /** Number of groups the channels are split into; divides both {@code in} and {@code out}. */
  int groups() default 1;

  /** Whether a bias is added to each output. */
  boolean bias() default true;

  /** Input channels. {@link Dim#INFER} leaves them to the compiler; a stated number is checked. */
  int in() default Dim.INFER;

  /** The estimator of this layer, by default the class's. {@code ModuleOptions} overrides both. */
  Estimator estimator() default Estimator.LRT;

  /** Prior and initial posterior of this layer's weights, by default the class's. */
  Prior prior() default @Prior;

  /** The field whose output this layer takes; empty for the field declared before it. */
  String from() default "";
}

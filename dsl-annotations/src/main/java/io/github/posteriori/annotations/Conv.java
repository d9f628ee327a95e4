package io.github.posteriori.annotations;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A two-dimensional convolution with ordinary, deterministic weights.
 *
 * <p>Shapes: {@code [batch, in, height, width]} to {@code [batch, out, height', width']}, with
 * {@code height' = (height + 2 * padding - dilation * (kernel - 1) - 1) / stride + 1}, rounded
 * down; likewise the width.
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.FIELD)
public @interface Conv {
  /** Output channels, at least 1, or {@link Dim#FREE}. */
  int out();

  /** Kernel size in pixels: one entry for a square, or two (rows, columns). */
  int[] kernel();

  /** Stride of the kernel in pixels: one entry, or two (rows, columns). */
  int[] stride() default 1;

  /** Padding with zeros on each side in pixels: one entry, or two (rows, columns). */
  int[] padding() default 0;

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

  /** The field whose output this layer takes; empty for the field declared before it. */
  String from() default "";
}

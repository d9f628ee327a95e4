package io.github.posteriori.annotations;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Max-pooling: the largest value of each window.
 *
 * <p>Shapes: {@code [batch, channels, height, width]} to {@code [batch, channels, height',
 * width']}, with {@code height' = (height + 2 * padding - kernel) / stride + 1}, rounded down;
 * likewise the width.
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.FIELD)
public @interface MaxPool {
  /** Window size in pixels: one entry for a square, or two (rows, columns). */
  int[] kernel();

  /**
   * Stride of the window in pixels: one entry, or two (rows, columns). The default is the kernel.
   */
  int[] stride() default {};

  /** Padding on each side in pixels, at most half the kernel: one entry, or two (rows, columns). */
  int[] padding() default 0;

  /** The field whose output this layer takes; empty for the field declared before it. */
  String from() default "";
}

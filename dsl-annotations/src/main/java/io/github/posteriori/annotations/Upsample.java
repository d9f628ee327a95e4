package io.github.posteriori.annotations;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Enlarges an image: each pixel becomes {@code scale} x {@code scale} equal ones.
 *
 * <p>Shapes: {@code [batch, channels, height, width]} to {@code [batch, channels, rows * height,
 * columns * width]}. It is PyTorch's {@code Upsample} of mode {@code nearest}.
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.FIELD)
public @interface Upsample {
  /** The factor, at least 1; or two of them, for rows and columns. */
  int[] scale() default 2;

  /** The field whose output this layer takes; empty for the field declared before it. */
  String from() default "";
}

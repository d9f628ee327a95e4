package io.github.posteriori.annotations;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Enlarges an image: each pixel becomes {@code scale} x {@code scale} equal ones, or with {@link
 * Interpolation#BILINEAR} ones that pass over into their neighbours.
 *
 * <p>Shapes: {@code [batch, channels, height, width]} to {@code [batch, channels, rows * height,
 * columns * width]}. It is PyTorch's {@code Upsample} of mode {@code nearest} or {@code bilinear}.
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.FIELD)
public @interface Upsample {
  /** The factor, at least 1; or two of them, for rows and columns. */
  int[] scale() default 2;

  /** Where the pixels of the enlarged image come from. */
  Interpolation interpolation() default Interpolation.NEAREST;

  /** The field whose output this layer takes; empty for the field declared before it. */
  String from() default "";
}

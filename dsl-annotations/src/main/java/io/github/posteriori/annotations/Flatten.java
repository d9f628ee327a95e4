package io.github.posteriori.annotations;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Turns an image into features, channel by channel and row by row, before the first linear layer.
 *
 * <p>Shapes: {@code [batch, channels, height, width]} to {@code [batch, channels * height *
 * width]}.
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.FIELD)
public @interface Flatten {
  /** Output features. {@link Dim#INFER} leaves them to the compiler; a stated number is checked. */
  int features() default Dim.INFER;

  /** The field whose output this layer takes; empty for the field declared before it. */
  String from() default "";
}

package io.github.posteriori.annotations;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Takes the mean of each channel over all pixels: features, ready for a linear layer.
 *
 * <p>Shapes: {@code [batch, channels, height, width]} to {@code [batch, channels]}. Source: Lin et
 * al. 2013, arXiv 1312.4400.
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.FIELD)
public @interface GlobalAvgPool {
  /** The field whose output this layer takes; empty for the field declared before it. */
  String from() default "";
}

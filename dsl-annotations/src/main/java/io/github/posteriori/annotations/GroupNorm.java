package io.github.posteriori.annotations;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Normalises groups of neighbouring channels (or features) of each example, with a learned scale
 * and shift for each channel, in training and outside alike (epsilon 1e-5).
 *
 * <p>Source: Wu and He 2018, arXiv 1803.08494.
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.FIELD)
public @interface GroupNorm {
  /** The number of groups, a divisor of the channels; 1 takes all channels together. */
  int groups();

  /** The field whose output this layer takes; empty for the field declared before it. */
  String from() default "";
}

package io.github.posteriori.annotations;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Sets each element to zero with a given probability and scales the others up, in training only.
 *
 * <p>Source: Srivastava et al. 2014, Journal of Machine Learning Research 15.
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.FIELD)
public @interface Dropout {
  /** The probability of zero, in [0, 1). */
  double value() default 0.5;

  /** The field whose output this layer takes; empty for the field declared before it. */
  String from() default "";
}

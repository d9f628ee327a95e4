package io.github.posteriori.annotations;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Normalises each example over all its numbers, with a learned scale and shift for each of them, in
 * training and outside alike (epsilon 1e-5).
 *
 * <p>It is PyTorch's {@code LayerNorm} over the shape of an example. Source: Ba et al. 2016, arXiv
 * 1607.06450.
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.FIELD)
public @interface LayerNorm {
  /** The field whose output this layer takes; empty for the field declared before it. */
  String from() default "";
}

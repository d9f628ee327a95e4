package io.github.posteriori.annotations;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Batch normalisation of each channel (or feature), with a learned scale and shift.
 *
 * <p>Training uses the statistics of the batch and updates their running mean (momentum 0.1,
 * epsilon 1e-5), which every other pass uses. A batch of one image whose channels have one pixel
 * each is refused there: a single value has no variance. Source: Ioffe and Szegedy 2015, arXiv
 * 1502.03167.
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.FIELD)
public @interface BatchNorm {
  /** The field whose output this layer takes; empty for the field declared before it. */
  String from() default "";
}

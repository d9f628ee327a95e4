package io.github.posteriori.annotations;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Declares a network. Its annotated fields are its layers, in the order of data flow; the compiler
 * checks their shapes and generates a class {@code <Name>Module} that owns the layers.
 *
 * <p>The input is an image, {@code channels} x {@code height} x {@code width}, or a vector of
 * {@code features}. Each of them may be {@link Dim#FREE}, which makes it a parameter of the
 * generated {@code create}.
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.TYPE)
public @interface BayesModel {
  /** The name of the network's input in {@code from}, {@link Add} and {@link Concat}. */
  String INPUT = "input";

  /** Input channels, at least 1, or {@link Dim#FREE}. */
  int channels() default Dim.INFER;

  /** Input height in pixels, at least 1, or {@link Dim#FREE}. */
  int height() default Dim.INFER;

  /** Input width in pixels, at least 1, or {@link Dim#FREE}. */
  int width() default Dim.INFER;

  /** Input features, instead of channels, height and width. */
  int features() default Dim.INFER;

  /** The estimator of Bayesian layers whose field states none. */
  Estimator estimator() default Estimator.LRT;

  /** The activation meant by {@link Activation#MODEL}; left at {@code MODEL}, it is ReLU. */
  Activation activation() default Activation.MODEL;

  /** Prior and initial posterior of Bayesian layers whose field states none. */
  Prior prior() default @Prior;
}

package io.github.posteriori.annotations;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A fully connected layer whose weights are Gaussian posteriors N(mu, softplus(rho)^2).
 *
 * <p>Shapes: {@code [batch, in]} to {@code [batch, out]}.
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.FIELD)
public @interface BayesLinear {
  /** Output features, at least 1, or {@link Dim#FREE}. */
  int out();

  /** Input features. {@link Dim#INFER} leaves them to the compiler; a stated number is checked. */
  int in() default Dim.INFER;

  /** Whether a bias is added to each output. */
  boolean bias() default true;

  /** The estimator of this layer, by default the class's. {@code ModuleOptions} overrides both. */
  Estimator estimator() default Estimator.LRT;

  /** Prior and initial posterior of this layer's weights, by default the class's. */
  Prior prior() default @Prior;

  /** The field whose output this layer takes; empty for the field declared before it. */
  String from() default "";
}

package io.github.posteriori.annotations;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Adds the outputs of earlier fields, element by element, as in a residual connection.
 *
 * <p>Shapes: all inputs and the output have the same shape. Source: He et al. 2015, arXiv
 * 1512.03385.
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.FIELD)
public @interface Add {
  /**
   * The fields whose outputs are added, at least two; {@link BayesModel#INPUT} names the network's
   * input.
   */
  String[] value();
}

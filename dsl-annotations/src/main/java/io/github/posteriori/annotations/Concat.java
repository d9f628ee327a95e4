package io.github.posteriori.annotations;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Concatenates the outputs of earlier fields along the channels or features.
 *
 * <p>Shapes: images of equal height and width, whose channels add up, or features, whose counts add
 * up.
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.FIELD)
public @interface Concat {
  /**
   * The fields whose outputs are joined, at least two, in this order; {@link BayesModel#INPUT}
   * names the network's input.
   */
  String[] value();
}

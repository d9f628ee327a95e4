package io.github.posteriori.annotations;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Nests another network, whose {@link BayesModel} class is the field's type.
 *
 * <p>The dimensions that the other class leaves {@link Dim#FREE} are bound here: those of its input
 * by the input of this field, those of its layers by {@link #out}. Its weights are named after both
 * fields, such as {@code block1.conv1.W_mu}.
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.FIELD)
public @interface Block {
  /** The field whose output the block takes; empty for the field declared before it. */
  String from() default "";

  /**
   * The free outputs of the other class, in the order of its fields, or one number for all of them;
   * each at least 1 or {@link Dim#FREE}, which leaves it open here as well.
   */
  int[] out() default {};
}

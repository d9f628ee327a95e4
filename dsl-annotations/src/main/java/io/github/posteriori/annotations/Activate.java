package io.github.posteriori.annotations;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** An activation function, applied to each element. */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.FIELD)
public @interface Activate {
  /** The function; {@link Activation#MODEL} is the one chosen for the whole network. */
  Activation value() default Activation.MODEL;

  /** The field whose output this layer takes; empty for the field declared before it. */
  String from() default "";
}

package io.github.posteriori.build;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Describes a generated module to programs that know its class by name alone. */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface ModuleDescription {
  /** The free dimensions of the definition, in the order of {@code create}. */
  String[] free();

  /** Whether a layer, its own or a block's, has Gaussian weights. */
  boolean bayesian();
}

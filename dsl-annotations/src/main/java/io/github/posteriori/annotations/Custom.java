package io.github.posteriori.annotations;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A layer written by the user: the field's type implements {@code CustomLayer} and has a
 * constructor {@code (String name, Shape input)}.
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.FIELD)
public @interface Custom {
  /**
   * The shape of one output example, as arithmetic over the input shape: {@code channels}, {@code
   * height} and {@code width} of an image, or {@code features}; whole numbers, {@code + - *},
   * parentheses, and {@code /} by a number, which rounds down. Three entries are an image, one is
   * features, none means the shape of the input.
   *
   * <p>For example {@code {"channels", "2 * height", "2 * width"}}, or {@code "channels"} for a
   * layer that reduces each plane to one number.
   */
  String[] output() default {};

  /** The field whose output this layer takes; empty for the field declared before it. */
  String from() default "";
}

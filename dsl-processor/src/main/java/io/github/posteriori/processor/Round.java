package io.github.posteriori.processor;

import java.util.Set;
import javax.annotation.processing.RoundEnvironment;
import javax.lang.model.element.Element;
import javax.lang.model.element.TypeElement;

/**
 * One round of annotation processing.
 *
 * @param annotations that are present
 * @param environment what the compiler tells
 */
record Round(Set<? extends TypeElement> annotations, RoundEnvironment environment) {

  /** The elements with an annotation. */
  Set<? extends Element> annotated(Class<?> annotation) {
    return annotated(annotation.getName());
  }

  /**
   * The elements with an annotation of this full name. By name: a Java module of the user's need
   * not read the one that the annotation's class is in where the processor runs.
   */
  Set<? extends Element> annotated(String annotation) {
    return annotations.stream()
        .filter(present -> present.getQualifiedName().contentEquals(annotation))
        .findAny()
        .<Set<? extends Element>>map(environment::getElementsAnnotatedWith)
        .orElse(Set.of());
  }
}

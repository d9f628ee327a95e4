package io.github.posteriori.processor;

import java.util.Set;
import javax.annotation.processing.RoundEnvironment;
import javax.lang.model.element.Element;
import javax.lang.model.element.TypeElement;

/**
 * One round of annotation processing.
 *
 * @param annotations the annotations present
 * @param environment the compiler's view of the round
 */
record Round(Set<? extends TypeElement> annotations, RoundEnvironment environment) {

  /** Returns the elements with an annotation. */
  Set<? extends Element> annotated(Class<?> annotation) {
    return annotated(annotation.getName());
  }

  /**
   * Returns the elements with an annotation of this full name. Names are compared because the
   * user's Java module need not read the module of the annotation's class.
   */
  Set<? extends Element> annotated(String annotation) {
    return annotations.stream()
        .filter(present -> present.getQualifiedName().contentEquals(annotation))
        .findAny()
        .<Set<? extends Element>>map(environment::getElementsAnnotatedWith)
        .orElse(Set.of());
  }
}

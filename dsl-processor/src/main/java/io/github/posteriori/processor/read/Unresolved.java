package io.github.posteriori.processor.read;

import javax.lang.model.element.AnnotationMirror;
import javax.lang.model.type.TypeKind;
import javax.lang.model.type.TypeMirror;

/**
 * Thrown when a class names a type that does not exist. Another processor may still generate it; if
 * none does, the compiler reports it.
 */
public final class Unresolved extends RuntimeException {
  private static final long serialVersionUID = 1;

  Unresolved(String what) {
    super(what);
  }

  /** Throws if the compiler found no such type. */
  static void unlessKnown(TypeMirror type) {
    if (type.getKind() == TypeKind.ERROR) {
      throw new Unresolved(type.toString());
    }
  }

  /** Returns the annotation; throws if the compiler found no such type. */
  static AnnotationMirror unlessKnown(AnnotationMirror annotation) {
    unlessKnown(annotation.getAnnotationType());
    return annotation;
  }
}

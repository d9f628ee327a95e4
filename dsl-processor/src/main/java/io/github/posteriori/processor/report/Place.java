package io.github.posteriori.processor.report;

import javax.lang.model.element.AnnotationMirror;
import javax.lang.model.element.AnnotationValue;
import javax.lang.model.element.Element;

/**
 * Where in the user's source a message belongs. Only the reader makes places and only the {@link
 * Reporter} looks inside; to everything between, a place is opaque.
 */
public final class Place {
  private final int rank;
  private final Element element;
  private final AnnotationMirror annotation;
  private final AnnotationValue value;

  private Place(int rank, Element element, AnnotationMirror annotation, AnnotationValue value) {
    this.rank = rank;
    this.element = element;
    this.annotation = annotation;
    this.value = value;
  }

  /**
   * A class or a field.
   *
   * @param rank messages of a class are printed in this order: 0 for the class, then its fields
   */
  public static Place of(int rank, Element element) {
    return new Place(rank, element, null, null);
  }

  /** An annotation on this element. */
  public Place annotation(AnnotationMirror annotation) {
    return new Place(rank, element, annotation, null);
  }

  /** A value written in this annotation. */
  public Place value(AnnotationValue value) {
    return new Place(rank, element, annotation, value);
  }

  int rank() {
    return rank;
  }

  /** The element to which a generated file owes its existence. */
  public Element element() {
    return element;
  }

  AnnotationMirror annotation() {
    return annotation;
  }

  AnnotationValue value() {
    return value;
  }
}

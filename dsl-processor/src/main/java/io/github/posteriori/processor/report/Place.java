package io.github.posteriori.processor.report;

import javax.lang.model.element.AnnotationMirror;
import javax.lang.model.element.AnnotationValue;
import javax.lang.model.element.Element;

/**
 * The place of a message in the user's source. Only the reader creates places and only the {@link
 * Reporter} looks inside them.
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
   * Creates the place of a class or a field.
   *
   * @param rank order of a class's messages: 0 for the class, then its fields
   */
  public static Place of(int rank, Element element) {
    return new Place(rank, element, null, null);
  }

  /** Returns the place of an annotation on this element. */
  public Place annotation(AnnotationMirror annotation) {
    return new Place(rank, element, annotation, null);
  }

  /** Returns the place of a value in this annotation. */
  public Place value(AnnotationValue value) {
    return new Place(rank, element, annotation, value);
  }

  int rank() {
    return rank;
  }

  /** The originating element of a generated file. */
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

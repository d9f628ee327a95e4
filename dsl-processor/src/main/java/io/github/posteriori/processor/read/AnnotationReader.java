package io.github.posteriori.processor.read;

import io.github.posteriori.processor.report.Place;
import io.github.posteriori.processor.spec.Stated;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import javax.lang.model.element.AnnotationMirror;
import javax.lang.model.element.AnnotationValue;
import javax.lang.model.element.Element;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.TypeElement;
import javax.lang.model.element.VariableElement;

/** Reads the typed values of one annotation, each with its place. */
final class AnnotationReader {
  private final AnnotationMirror annotation;
  private final Place place;

  AnnotationReader(AnnotationMirror annotation, Place element) {
    this.annotation = annotation;
    this.place = element.annotation(annotation);
  }

  Place place() {
    return place;
  }

  Stated<Integer> integer(String name) {
    return read(name, value -> typed(name, value, Integer.class));
  }

  Stated<Double> number(String name) {
    return read(name, value -> typed(name, value, Double.class));
  }

  Stated<Boolean> flag(String name) {
    return read(name, value -> typed(name, value, Boolean.class));
  }

  Stated<String> text(String name) {
    return read(name, value -> typed(name, value, String.class));
  }

  Stated<List<Integer>> integers(String name) {
    return read(
        name,
        value ->
            ((List<?>) typed(name, value, List.class))
                .stream()
                    .map(AnnotationValue.class::cast)
                    .map(entry -> typed(name, entry, Integer.class))
                    .toList());
  }

  /** Returns the entries of an array of strings, each with its place. */
  List<Stated<String>> texts(String name) {
    Stated<List<Stated<String>>> all =
        read(
            name,
            value ->
                ((List<?>) typed(name, value, List.class))
                    .stream()
                        .map(AnnotationValue.class::cast)
                        .map(
                            entry ->
                                new Stated<>(
                                    typed(name, entry, String.class), true, place.value(entry)))
                        .toList());
    return all.value();
  }

  <E extends Enum<E>> Stated<E> constant(String name, Class<E> type) {
    return read(
        name,
        value ->
            Enum.valueOf(
                type, typed(name, value, VariableElement.class).getSimpleName().toString()));
  }

  /** Returns an annotation nested in this one, if the user wrote it. */
  Optional<AnnotationReader> written(String name) {
    return Optional.ofNullable(annotation.getElementValues().get(element(name)))
        .map(value -> typed(name, value, AnnotationMirror.class))
        .map(nested -> new AnnotationReader(Unresolved.unlessKnown(nested), place));
  }

  /** Returns the annotation of this type on an element. */
  static Optional<AnnotationReader> on(Element element, Class<?> type, Place place) {
    return element.getAnnotationMirrors().stream()
        .filter(annotation -> nameOf(annotation).equals(type.getName()))
        .map(annotation -> new AnnotationReader(annotation, place))
        .findFirst();
  }

  private <T> Stated<T> read(String name, Function<AnnotationValue, T> conversion) {
    ExecutableElement element = element(name);
    AnnotationValue written = annotation.getElementValues().get(element);
    if (written != null) {
      return new Stated<>(conversion.apply(written), true, place.value(written));
    }
    AnnotationValue standard = element.getDefaultValue();
    if (standard == null) {
      throw new Unresolved(name + " is missing");
    }
    return new Stated<>(conversion.apply(standard), false, place);
  }

  /** Converts a value to its type; an unresolved value has another type. */
  private static <T> T typed(String name, AnnotationValue value, Class<T> type) {
    if (!type.isInstance(value.getValue())) {
      throw new Unresolved(name + " = " + value);
    }
    return type.cast(value.getValue());
  }

  private ExecutableElement element(String name) {
    return annotation.getAnnotationType().asElement().getEnclosedElements().stream()
        .filter(ExecutableElement.class::isInstance)
        .map(ExecutableElement.class::cast)
        .filter(element -> element.getSimpleName().contentEquals(name))
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("no element " + name + " in " + annotation));
  }

  /** Returns the full name of an annotation's type. */
  static String nameOf(AnnotationMirror annotation) {
    return ((TypeElement) annotation.getAnnotationType().asElement()).getQualifiedName().toString();
  }
}

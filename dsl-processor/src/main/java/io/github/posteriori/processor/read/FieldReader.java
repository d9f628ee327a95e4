package io.github.posteriori.processor.read;

import io.github.posteriori.processor.report.Message;
import io.github.posteriori.processor.report.Place;
import io.github.posteriori.processor.report.Reporter;
import io.github.posteriori.processor.spec.LayerSpec;
import io.github.posteriori.processor.spec.Stated;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import javax.lang.model.element.AnnotationMirror;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.TypeElement;
import javax.lang.model.element.VariableElement;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.TypeKind;
import javax.lang.model.type.TypeMirror;

/** Tells which fields are layers, and which layer each of them is. */
final class FieldReader {
  private static final String LAYER = "io.github.posteriori.Layer";

  private final SourceTrees trees;
  private final Reporter reporter;

  FieldReader(SourceTrees trees, Reporter reporter) {
    this.trees = trees;
    this.reporter = reporter;
  }

  /** The layer that an instance field declares; empty for a field that is the user's own. */
  Optional<LayerSpec> read(VariableElement field, int rank) {
    List<? extends AnnotationMirror> annotations = layerAnnotations(field);
    boolean isLayer = isLayer(field.asType());
    if (annotations.isEmpty() && !isLayer) {
      return Optional.empty();
    }
    Place place = Place.of(rank, field);
    String name = field.getSimpleName().toString();
    if (!isLayer) {
      Unresolved.unlessKnown(field.asType());
      reporter.report(place, Message.WRONG_FIELD_TYPE, name, field.asType());
    }
    if (field.getModifiers().contains(Modifier.FINAL)) {
      reporter.report(place, Message.FINAL_FIELD, name);
    } else if (trees.isInitialised(field)) {
      reporter.report(place, Message.INITIALISED_FIELD, name);
    }
    return Optional.of(layer(name, place, annotations));
  }

  private LayerSpec layer(String name, Place place, List<? extends AnnotationMirror> annotations) {
    if (annotations.size() == 1) {
      AnnotationMirror only = annotations.get(0);
      return LayerReader.read(
          name, place, AnnotationReader.nameOf(only), new AnnotationReader(only, place));
    }
    if (annotations.isEmpty()) {
      reporter.report(place, Message.NO_LAYER_ANNOTATION, name);
    } else {
      reporter.report(
          place,
          Message.SEVERAL_LAYER_ANNOTATIONS,
          name,
          annotations.stream()
              .map(annotation -> "@" + annotation.getAnnotationType().asElement().getSimpleName())
              .collect(Collectors.joining(" and ")));
    }
    return new LayerSpec.Unreadable(
        new LayerSpec.Field(name, new Stated<>("", false, place), place));
  }

  private List<? extends AnnotationMirror> layerAnnotations(VariableElement field) {
    if (trees.hasMissingAnnotation(field)) {
      throw new Unresolved("annotation of " + field);
    }
    field.getAnnotationMirrors().forEach(Unresolved::unlessKnown);
    return field.getAnnotationMirrors().stream()
        .filter(a -> LayerReader.isLayerAnnotation(AnnotationReader.nameOf(a)))
        .toList();
  }

  private static boolean isLayer(TypeMirror type) {
    return type.getKind() == TypeKind.DECLARED
        && ((TypeElement) ((DeclaredType) type).asElement())
            .getQualifiedName()
            .contentEquals(LAYER);
  }
}

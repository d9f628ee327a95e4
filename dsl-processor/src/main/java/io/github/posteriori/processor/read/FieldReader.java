package io.github.posteriori.processor.read;

import io.github.posteriori.annotations.Prior;
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
import javax.lang.model.element.VariableElement;
import javax.lang.model.type.TypeMirror;

/** Recognises the fields that are layers, and reports their faults as fields. */
final class FieldReader {
  private static final String CUSTOM_LAYER = "io.github.posteriori.layers.CustomLayer";
  private static final String LAYER = "io.github.posteriori.Layer";
  private static final String NETWORK_LAYER = "io.github.posteriori.layers.NetworkLayer";

  private final SourceTrees trees;
  private final LayerReader layers;
  private final Reporter reporter;

  FieldReader(SourceTrees trees, LayerReader layers, Reporter reporter) {
    this.trees = trees;
    this.layers = layers;
    this.reporter = reporter;
  }

  /** Reads the layer that a field declares; empty for other fields. */
  Optional<LayerSpec> read(VariableElement field, int rank) {
    List<? extends AnnotationMirror> annotations = layerAnnotations(field);
    Place place = Place.of(rank, field);
    String name = field.getSimpleName().toString();
    if (field.getModifiers().contains(Modifier.STATIC)) {
      if (!annotations.isEmpty()) {
        reporter.report(place, Message.STATIC_LAYER, name);
      }
      return Optional.empty();
    }
    if (annotations.isEmpty() && !isMeantAsLayer(field)) {
      return Optional.empty();
    }
    if (field.getModifiers().contains(Modifier.FINAL)) {
      reporter.report(place, Message.FINAL_FIELD, name);
    } else if (trees.isInitialised(field)) {
      reporter.report(place, Message.INITIALISED_FIELD, name);
    }
    return Optional.of(layer(field, place, annotations));
  }

  private LayerSpec layer(
      VariableElement field, Place place, List<? extends AnnotationMirror> annotations) {
    String name = field.getSimpleName().toString();
    if (annotations.size() == 1) {
      AnnotationMirror only = annotations.get(0);
      String annotation = AnnotationReader.nameOf(only);
      if (LayerReader.declaresLayer(annotation)) {
        requireLayer(field, place);
      }
      return layers.read(
          annotation,
          new LayerReader.AnnotatedField(field, place, new AnnotationReader(only, place)));
    }
    if (annotations.isEmpty()) {
      reporter.report(place, Message.NO_LAYER_ANNOTATION, name, example(field.asType()));
    } else {
      reporter.report(
          place,
          Message.SEVERAL_LAYER_ANNOTATIONS,
          name,
          annotations.stream()
              .map(annotation -> "@" + annotation.getAnnotationType().asElement().getSimpleName())
              .collect(Collectors.joining(" and ")));
    }
    return new LayerSpec.Unreadable(new LayerSpec.Field(name, sources(place, annotations), place));
  }

  /** Returns the sources that any of a field's annotations state. */
  private static List<Stated<String>> sources(
      Place place, List<? extends AnnotationMirror> annotations) {
    return annotations.isEmpty()
        ? List.of(new Stated<>("", false, place))
        : annotations.stream()
            .map(
                annotation ->
                    LayerReader.sources(
                        AnnotationReader.nameOf(annotation),
                        new AnnotationReader(annotation, place)))
            .flatMap(List::stream)
            .toList();
  }

  private void requireLayer(VariableElement field, Place place) {
    TypeMirror type = field.asType();
    if (!Classes.is(type, LAYER)) {
      Unresolved.unlessKnown(type);
      reporter.report(place, Message.WRONG_FIELD_TYPE, field.getSimpleName(), type);
    }
  }

  /** Returns an example of an annotation that a field of this type may lack. */
  private static String example(TypeMirror type) {
    if (Classes.classOf(type).filter(BlockReader::isModel).isPresent()) {
      return "@Block";
    }
    boolean isCustom = Classes.inherits(type, CUSTOM_LAYER);
    return isCustom ? "@Custom" : "@BayesConv or @Activate";
  }

  /** Returns whether a field seems to lack a layer annotation. */
  private static boolean isMeantAsLayer(VariableElement field) {
    return Classes.inherits(field.asType(), LAYER)
        || Classes.inherits(field.asType(), NETWORK_LAYER)
        || field.getAnnotation(Prior.class) != null
        || Classes.classOf(field.asType()).filter(BlockReader::isModel).isPresent();
  }

  private List<? extends AnnotationMirror> layerAnnotations(VariableElement field) {
    if (trees.hasMissingAnnotation(field)) {
      throw new Unresolved("annotation of " + field);
    }
    field.getAnnotationMirrors().forEach(Unresolved::unlessKnown);
    List<? extends AnnotationMirror> layers =
        field.getAnnotationMirrors().stream()
            .filter(a -> LayerReader.annotations().contains(AnnotationReader.nameOf(a)))
            .toList();
    if (layers.stream().map(AnnotationReader::nameOf).distinct().count() < layers.size()) {
      // The compiler reports this fault; Eclipse's also shows the processor both fields.
      throw new Unresolved("annotation twice on " + field);
    }
    return layers;
  }
}

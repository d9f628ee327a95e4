package io.github.posteriori.processor.read;

import io.github.posteriori.annotations.Activation;
import io.github.posteriori.annotations.BayesModel;
import io.github.posteriori.annotations.Estimator;
import io.github.posteriori.processor.report.Message;
import io.github.posteriori.processor.report.Place;
import io.github.posteriori.processor.report.Reporter;
import io.github.posteriori.processor.spec.InputSpec;
import io.github.posteriori.processor.spec.LayerSpec;
import io.github.posteriori.processor.spec.NetworkSpec;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import javax.annotation.processing.ProcessingEnvironment;
import javax.lang.model.element.AnnotationMirror;
import javax.lang.model.element.Element;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.TypeElement;
import javax.lang.model.element.VariableElement;
import javax.lang.model.util.ElementFilter;
import javax.lang.model.util.Elements;

/** The first step: turns an annotated class into plain records. */
public final class NetworkReader {
  private final Elements elements;
  private final SourceTrees trees;

  /** Reads with what the compiler offers. */
  public NetworkReader(ProcessingEnvironment environment) {
    this.elements = environment.getElementUtils();
    this.trees = new SourceTrees(environment);
  }

  /**
   * Reads a class.
   *
   * @return empty where it has no fields to speak of, which is reported
   * @throws Unresolved when the class names something that does not exist
   */
  public Optional<NetworkSpec> read(TypeElement type, Reporter reporter) {
    Place place = Place.of(0, type);
    if (type.getKind() != ElementKind.CLASS) {
      String kind = type.getKind().name().toLowerCase(Locale.ROOT).replace('_', ' ');
      String article = "aeiou".indexOf(kind.charAt(0)) < 0 ? "a " : "an ";
      reporter.report(place, Message.NOT_A_CLASS, type.getSimpleName(), article + kind);
      return Optional.empty();
    }
    reportUnusable(type, place, reporter);
    AnnotationReader model = model(type, place);
    return Optional.of(
        new NetworkSpec(
            elements.getPackageOf(type).getQualifiedName().toString(),
            simpleNames(type),
            elements.getBinaryName(type).toString(),
            selfAndEnclosing(type).stream()
                .allMatch(each -> each.getModifiers().contains(Modifier.PUBLIC)),
            new InputSpec(
                model.integer("channels"),
                model.integer("height"),
                model.integer("width"),
                model.integer("features"),
                model.place()),
            model.constant("estimator", Estimator.class),
            model.constant("activation", Activation.class),
            LayerReader.prior(model),
            layers(type, reporter),
            place));
  }

  private List<LayerSpec> layers(TypeElement type, Reporter reporter) {
    FieldReader reader = new FieldReader(trees, reporter);
    List<LayerSpec> layers = new ArrayList<>();
    int rank = 0;
    for (VariableElement field : ElementFilter.fieldsIn(type.getEnclosedElements())) {
      rank++;
      if (!field.getModifiers().contains(Modifier.STATIC)) {
        reader.read(field, rank).ifPresent(layers::add);
      }
    }
    return layers;
  }

  private static void reportUnusable(TypeElement type, Place place, Reporter reporter) {
    for (TypeElement each : selfAndEnclosing(type)) {
      if (each.getModifiers().contains(Modifier.PRIVATE)) {
        reporter.report(place, Message.PRIVATE_CLASS, each.getSimpleName());
      }
    }
    if (type.getNestingKind().isNested() && !type.getModifiers().contains(Modifier.STATIC)) {
      reporter.report(place, Message.INNER_CLASS, type.getSimpleName());
    }
    if (!type.getTypeParameters().isEmpty()) {
      reporter.report(
          place,
          Message.GENERIC_CLASS,
          type.getSimpleName(),
          type.getTypeParameters().stream()
              .map(parameter -> parameter.getSimpleName())
              .collect(Collectors.joining(", ")));
    }
  }

  private static AnnotationReader model(TypeElement type, Place place) {
    for (AnnotationMirror annotation : type.getAnnotationMirrors()) {
      if (AnnotationReader.nameOf(annotation).equals(BayesModel.class.getName())) {
        return new AnnotationReader(annotation, place);
      }
    }
    throw new IllegalStateException(type + " has no @BayesModel");
  }

  private static List<String> simpleNames(TypeElement type) {
    return selfAndEnclosing(type).stream().map(each -> each.getSimpleName().toString()).toList();
  }

  /** Outermost first. */
  private static List<TypeElement> selfAndEnclosing(TypeElement type) {
    Deque<TypeElement> nest = new ArrayDeque<>();
    for (Element each = type;
        each instanceof TypeElement known;
        each = known.getEnclosingElement()) {
      nest.addFirst(known);
    }
    return List.copyOf(nest);
  }
}

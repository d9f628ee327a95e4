package io.github.posteriori.processor.read;

import io.github.posteriori.annotations.Activation;
import io.github.posteriori.annotations.BayesModel;
import io.github.posteriori.annotations.Estimator;
import io.github.posteriori.processor.report.Message;
import io.github.posteriori.processor.report.Place;
import io.github.posteriori.processor.report.Reporter;
import io.github.posteriori.processor.spec.ClassId;
import io.github.posteriori.processor.spec.InputSpec;
import io.github.posteriori.processor.spec.LayerSpec;
import io.github.posteriori.processor.spec.NetworkSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import javax.annotation.processing.ProcessingEnvironment;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.TypeElement;
import javax.lang.model.element.VariableElement;
import javax.lang.model.type.TypeKind;
import javax.lang.model.type.TypeMirror;
import javax.lang.model.util.ElementFilter;
import javax.lang.model.util.Elements;
import javax.lang.model.util.Types;

/** The first step: reads an annotated class into plain records. */
public final class NetworkReader {
  private final Elements elements;
  private final Types types;
  private final SourceTrees trees;
  private final Compiled compiled;

  /** Creates a reader in the compiler's environment. */
  public NetworkReader(ProcessingEnvironment environment, Compiled compiled) {
    this.compiled = compiled;
    this.elements = environment.getElementUtils();
    this.types = environment.getTypeUtils();
    this.trees = new SourceTrees(environment);
  }

  /** Returns the full names of all annotations that make a field a layer. */
  public static Set<String> layerAnnotations() {
    return LayerReader.annotations();
  }

  /**
   * Reads a class.
   *
   * @return the network; empty if the class cannot be read, which is reported
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
    reportInherited(type, place, reporter);
    PriorReader priors = new PriorReader(reporter);
    AnnotationReader model =
        AnnotationReader.on(type, BayesModel.class, place)
            .orElseThrow(() -> new IllegalStateException(type + " has no @BayesModel"));
    ClassId id = Classes.id(type);
    return Optional.of(
        new NetworkSpec(
            id,
            elements.getBinaryName(type).toString(),
            Classes.isPublic(type),
            new InputSpec(
                model.integer("channels"),
                model.integer("height"),
                model.integer("width"),
                model.integer("features"),
                model.place()),
            model.constant("estimator", Estimator.class),
            model.constant("activation", Activation.class),
            priors.read(type, place, model),
            layers(type, id, priors, reporter),
            compiled.isBlock(type),
            place));
  }

  private List<LayerSpec> layers(
      TypeElement type, ClassId id, PriorReader priors, Reporter reporter) {
    FieldReader reader =
        new FieldReader(
            trees,
            new LayerReader(
                priors,
                new BlockReader(type, this, elements, compiled, reporter),
                new CustomReader(type, elements, types, reporter)),
            reporter);
    List<LayerSpec> layers = new ArrayList<>();
    int rank = 0;
    List<VariableElement> fields = new FieldOrder(elements, compiled).fields(type, id.module());
    for (VariableElement field : fields) {
      rank++;
      reader.read(field, rank).ifPresent(layers::add);
    }
    return layers;
  }

  private static void reportUnusable(TypeElement type, Place place, Reporter reporter) {
    for (TypeElement each : Classes.selfAndEnclosing(type)) {
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

  /** Reports layers of a superclass, since a module owns the layers of only one class. */
  private static void reportInherited(TypeElement type, Place place, Reporter reporter) {
    TypeMirror parent = type.getSuperclass();
    while (parent.getKind() != TypeKind.NONE) {
      Unresolved.unlessKnown(parent);
      TypeElement ancestor = Classes.classOf(parent).orElseThrow();
      List<String> layers =
          ElementFilter.fieldsIn(ancestor.getEnclosedElements()).stream()
              .filter(NetworkReader::isLayer)
              .map(field -> field.getSimpleName().toString())
              .toList();
      if (!layers.isEmpty()) {
        reporter.report(
            place,
            Message.INHERITED_LAYER,
            type.getSimpleName(),
            String.join(" and ", layers),
            ancestor.getSimpleName());
      }
      parent = ancestor.getSuperclass();
    }
  }

  private static boolean isLayer(VariableElement field) {
    return !field.getModifiers().contains(Modifier.STATIC)
        && field.getAnnotationMirrors().stream()
            .map(AnnotationReader::nameOf)
            .anyMatch(LayerReader.annotations()::contains);
  }
}

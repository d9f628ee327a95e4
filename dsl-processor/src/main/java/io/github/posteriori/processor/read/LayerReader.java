package io.github.posteriori.processor.read;

import io.github.posteriori.annotations.Activate;
import io.github.posteriori.annotations.Activation;
import io.github.posteriori.annotations.AvgPool;
import io.github.posteriori.annotations.BatchNorm;
import io.github.posteriori.annotations.BayesConv;
import io.github.posteriori.annotations.BayesLinear;
import io.github.posteriori.annotations.Conv;
import io.github.posteriori.annotations.Dropout;
import io.github.posteriori.annotations.Estimator;
import io.github.posteriori.annotations.Flatten;
import io.github.posteriori.annotations.Linear;
import io.github.posteriori.annotations.MaxPool;
import io.github.posteriori.processor.report.Place;
import io.github.posteriori.processor.spec.BayesSpec;
import io.github.posteriori.processor.spec.LayerSpec;
import io.github.posteriori.processor.spec.PriorSpec;
import io.github.posteriori.processor.spec.Stated;
import io.github.posteriori.processor.spec.WindowSpec;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;

/** Turns a layer annotation into its spec. */
final class LayerReader {
  private static final Map<String, BiFunction<LayerSpec.Field, AnnotationReader, LayerSpec>>
      READERS =
          Map.ofEntries(
              Map.entry(BayesConv.class.getName(), (field, a) -> conv(field, a, bayes(a))),
              Map.entry(Conv.class.getName(), (field, a) -> conv(field, a, Optional.empty())),
              Map.entry(BayesLinear.class.getName(), (field, a) -> linear(field, a, bayes(a))),
              Map.entry(Linear.class.getName(), (field, a) -> linear(field, a, Optional.empty())),
              Map.entry(
                  MaxPool.class.getName(), (field, a) -> pool(field, a, LayerSpec.Pool.Kind.MAX)),
              Map.entry(
                  AvgPool.class.getName(), (field, a) -> pool(field, a, LayerSpec.Pool.Kind.AVG)),
              Map.entry(
                  Activate.class.getName(),
                  (field, a) ->
                      new LayerSpec.Activate(field, a.constant("value", Activation.class).value())),
              Map.entry(
                  Flatten.class.getName(),
                  (field, a) -> new LayerSpec.Flatten(field, a.integer("features"))),
              Map.entry(BatchNorm.class.getName(), (field, a) -> new LayerSpec.BatchNorm(field)),
              Map.entry(
                  Dropout.class.getName(),
                  (field, a) -> new LayerSpec.Dropout(field, a.number("value"))));

  private LayerReader() {}

  static boolean isLayerAnnotation(String name) {
    return READERS.containsKey(name);
  }

  /** Reads the annotation {@code type} of the field at {@code place}. */
  static LayerSpec read(String name, Place place, String type, AnnotationReader annotation) {
    LayerSpec.Field field = new LayerSpec.Field(name, annotation.text("from"), place);
    return READERS.get(type).apply(field, annotation);
  }

  /** A {@code prior} element, where the user wrote it. */
  static Optional<PriorSpec> prior(AnnotationReader annotation) {
    return annotation
        .written("prior")
        .map(
            prior ->
                new PriorSpec(
                    prior.number("mu"),
                    prior.number("sigma"),
                    prior.number("muMean"),
                    prior.number("muStd"),
                    prior.number("rhoMean"),
                    prior.number("rhoStd")));
  }

  private static Optional<BayesSpec> bayes(AnnotationReader annotation) {
    return Optional.of(
        new BayesSpec(annotation.constant("estimator", Estimator.class), prior(annotation)));
  }

  private static LayerSpec conv(
      LayerSpec.Field field, AnnotationReader annotation, Optional<BayesSpec> bayes) {
    return new LayerSpec.Conv(
        field,
        annotation.integer("out"),
        new WindowSpec(
            annotation.integers("kernel"),
            annotation.integers("stride"),
            annotation.integers("padding"),
            annotation.integers("dilation")),
        annotation.integer("groups"),
        annotation.flag("bias").value(),
        annotation.integer("in"),
        bayes);
  }

  private static LayerSpec linear(
      LayerSpec.Field field, AnnotationReader annotation, Optional<BayesSpec> bayes) {
    return new LayerSpec.Linear(
        field,
        annotation.integer("out"),
        annotation.flag("bias").value(),
        annotation.integer("in"),
        bayes);
  }

  /** A pool steps by its kernel where the user states no stride, and is never dilated. */
  private static LayerSpec pool(
      LayerSpec.Field field, AnnotationReader annotation, LayerSpec.Pool.Kind kind) {
    Stated<List<Integer>> kernel = annotation.integers("kernel");
    Stated<List<Integer>> stride = annotation.integers("stride");
    return new LayerSpec.Pool(
        field,
        kind,
        new WindowSpec(
            kernel,
            stride.value().isEmpty() ? new Stated<>(kernel.value(), false, kernel.place()) : stride,
            annotation.integers("padding"),
            new Stated<>(List.of(1), false, annotation.place())));
  }
}

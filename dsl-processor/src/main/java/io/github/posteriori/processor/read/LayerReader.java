package io.github.posteriori.processor.read;

import io.github.posteriori.annotations.Activate;
import io.github.posteriori.annotations.Activation;
import io.github.posteriori.annotations.Add;
import io.github.posteriori.annotations.AvgPool;
import io.github.posteriori.annotations.BatchNorm;
import io.github.posteriori.annotations.BayesConv;
import io.github.posteriori.annotations.BayesConvTranspose;
import io.github.posteriori.annotations.BayesLinear;
import io.github.posteriori.annotations.Block;
import io.github.posteriori.annotations.Concat;
import io.github.posteriori.annotations.Conv;
import io.github.posteriori.annotations.ConvTranspose;
import io.github.posteriori.annotations.Custom;
import io.github.posteriori.annotations.Dropout;
import io.github.posteriori.annotations.Estimator;
import io.github.posteriori.annotations.Flatten;
import io.github.posteriori.annotations.GlobalAvgPool;
import io.github.posteriori.annotations.GroupNorm;
import io.github.posteriori.annotations.Interpolation;
import io.github.posteriori.annotations.LayerNorm;
import io.github.posteriori.annotations.Linear;
import io.github.posteriori.annotations.MaxPool;
import io.github.posteriori.annotations.Upsample;
import io.github.posteriori.processor.report.Place;
import io.github.posteriori.processor.spec.BayesSpec;
import io.github.posteriori.processor.spec.LayerSpec;
import io.github.posteriori.processor.spec.PriorSpec;
import io.github.posteriori.processor.spec.Stated;
import io.github.posteriori.processor.spec.WindowSpec;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javax.lang.model.element.VariableElement;

/** Reads the spec of a layer from its field and annotation. */
final class LayerReader {
  private static final Map<String, Reading> READINGS =
      Map.ofEntries(
          reading(BayesConv.class, (reader, field) -> conv(field, reader.bayes(field))),
          reading(Conv.class, (reader, field) -> conv(field, reader.notBayes(field))),
          reading(
              BayesConvTranspose.class, (reader, field) -> transposed(field, reader.bayes(field))),
          reading(
              ConvTranspose.class, (reader, field) -> transposed(field, reader.notBayes(field))),
          reading(BayesLinear.class, (reader, field) -> linear(field, reader.bayes(field))),
          reading(Linear.class, (reader, field) -> linear(field, reader.notBayes(field))),
          plain(MaxPool.class, field -> pool(field, LayerSpec.Pool.Kind.MAX)),
          plain(AvgPool.class, field -> pool(field, LayerSpec.Pool.Kind.AVG)),
          plain(Activate.class, LayerReader::activate),
          plain(
              Flatten.class,
              field -> new LayerSpec.Flatten(field.spec(), field.annotation.integer("features"))),
          plain(GlobalAvgPool.class, field -> new LayerSpec.GlobalAvgPool(field.spec())),
          plain(Upsample.class, LayerReader::upsample),
          plain(BatchNorm.class, field -> new LayerSpec.BatchNorm(field.spec())),
          plain(LayerNorm.class, field -> new LayerSpec.LayerNorm(field.spec())),
          plain(
              GroupNorm.class,
              field -> new LayerSpec.GroupNorm(field.spec(), field.annotation.integer("groups"))),
          plain(
              Dropout.class,
              field -> new LayerSpec.Dropout(field.spec(), field.annotation.number("value"))),
          plain(Add.class, field -> join(field, LayerSpec.Join.Kind.ADD)),
          plain(Concat.class, field -> join(field, LayerSpec.Join.Kind.CONCAT)),
          reading(Block.class, (reader, field) -> reader.block(field)),
          reading(Custom.class, (reader, field) -> reader.custom(field)));

  /** Annotations that take several outputs. */
  private static final Set<String> JOINS = Set.of(Add.class.getName(), Concat.class.getName());

  /** Annotations whose field has a specific type rather than {@code Layer}. */
  private static final Set<String> OWN_TYPES =
      Set.of(Block.class.getName(), Custom.class.getName());

  private final PriorReader priors;
  private final BlockReader blocks;
  private final CustomReader customs;

  LayerReader(PriorReader priors, BlockReader blocks, CustomReader customs) {
    this.priors = priors;
    this.blocks = blocks;
    this.customs = customs;
  }

  /** A field and its one layer annotation. */
  record AnnotatedField(VariableElement element, Place place, AnnotationReader annotation) {

    String name() {
      return element.getSimpleName().toString();
    }

    /** Returns the field of a layer with one input. */
    LayerSpec.Field spec() {
      return new LayerSpec.Field(name(), List.of(annotation.text("from")), place);
    }
  }

  @FunctionalInterface
  private interface Reading {
    LayerSpec read(LayerReader reader, AnnotatedField field);
  }

  @FunctionalInterface
  private interface PlainReading {
    LayerSpec read(AnnotatedField field);
  }

  /** Returns the full names of all layer annotations. */
  static Set<String> annotations() {
    return READINGS.keySet();
  }

  /** Returns whether the fields of this annotation are of type {@code Layer}. */
  static boolean declaresLayer(String annotation) {
    return !OWN_TYPES.contains(annotation);
  }

  /** Reads a field with this annotation. */
  LayerSpec read(String annotation, AnnotatedField field) {
    return READINGS.get(annotation).read(this, field);
  }

  /** Returns the sources that a layer annotation states. */
  static List<Stated<String>> sources(String annotation, AnnotationReader values) {
    return JOINS.contains(annotation) ? values.texts("value") : List.of(values.text("from"));
  }

  private static Map.Entry<String, Reading> reading(Class<?> annotation, Reading reading) {
    return Map.entry(annotation.getName(), reading);
  }

  /** Returns the reading of a layer that takes no prior, from its annotation alone. */
  private static Map.Entry<String, Reading> plain(Class<?> annotation, PlainReading reading) {
    return reading(
        annotation,
        (reader, field) -> {
          reader.notBayes(field);
          return reading.read(field);
        });
  }

  private Optional<BayesSpec> bayes(AnnotatedField field) {
    Optional<PriorSpec> prior = priors.read(field.element, field.place, field.annotation);
    return Optional.of(
        new BayesSpec(field.annotation.constant("estimator", Estimator.class), prior));
  }

  private Optional<BayesSpec> notBayes(AnnotatedField field) {
    priors.refuse(field.element, field.place);
    return Optional.empty();
  }

  private LayerSpec block(AnnotatedField field) {
    notBayes(field);
    return blocks.read(field);
  }

  private LayerSpec custom(AnnotatedField field) {
    notBayes(field);
    return customs.read(field);
  }

  private static LayerSpec conv(AnnotatedField field, Optional<BayesSpec> bayes) {
    AnnotationReader annotation = field.annotation;
    return new LayerSpec.Conv(
        field.spec(),
        annotation.integer("out"),
        window(annotation),
        annotation.integer("groups"),
        annotation.flag("bias").value(),
        annotation.integer("in"),
        bayes);
  }

  private static LayerSpec transposed(AnnotatedField field, Optional<BayesSpec> bayes) {
    AnnotationReader annotation = field.annotation;
    return new LayerSpec.ConvTranspose(
        field.spec(),
        annotation.integer("out"),
        window(annotation),
        annotation.integers("outputPadding"),
        annotation.integer("groups"),
        annotation.flag("bias").value(),
        annotation.integer("in"),
        bayes);
  }

  private static WindowSpec window(AnnotationReader annotation) {
    return new WindowSpec(
        annotation.integers("kernel"),
        annotation.integers("stride"),
        annotation.integers("padding"),
        annotation.integers("dilation"));
  }

  private static LayerSpec linear(AnnotatedField field, Optional<BayesSpec> bayes) {
    return new LayerSpec.Linear(
        field.spec(),
        field.annotation.integer("out"),
        field.annotation.flag("bias").value(),
        field.annotation.integer("in"),
        bayes);
  }

  private static LayerSpec upsample(AnnotatedField field) {
    return new LayerSpec.Upsample(
        field.spec(),
        field.annotation.integers("scale"),
        field.annotation.constant("interpolation", Interpolation.class).value());
  }

  private static LayerSpec activate(AnnotatedField field) {
    return new LayerSpec.Activate(
        field.spec(), field.annotation.constant("value", Activation.class).value());
  }

  /** Reads a pool, whose default stride is its kernel and which is never dilated. */
  private static LayerSpec pool(AnnotatedField field, LayerSpec.Pool.Kind kind) {
    AnnotationReader annotation = field.annotation;
    Stated<List<Integer>> kernel = annotation.integers("kernel");
    Stated<List<Integer>> stride = annotation.integers("stride");
    return new LayerSpec.Pool(
        field.spec(),
        kind,
        new WindowSpec(
            kernel,
            stride.value().isEmpty() ? new Stated<>(kernel.value(), false, kernel.place()) : stride,
            annotation.integers("padding"),
            new Stated<>(List.of(1), false, annotation.place())));
  }

  private static LayerSpec join(AnnotatedField field, LayerSpec.Join.Kind kind) {
    return new LayerSpec.Join(
        new LayerSpec.Field(field.name(), field.annotation.texts("value"), field.place), kind);
  }
}

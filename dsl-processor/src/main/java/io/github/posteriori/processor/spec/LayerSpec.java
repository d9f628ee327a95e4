package io.github.posteriori.processor.spec;

import io.github.posteriori.annotations.Activation;
import io.github.posteriori.annotations.Interpolation;
import io.github.posteriori.processor.report.Place;
import java.util.List;
import java.util.Optional;

/** A layer, one field of the class, as the user wrote it. */
public sealed interface LayerSpec {

  /** The field that declares the layer. */
  Field field();

  /** The simple name of the layer annotation. */
  String annotation();

  /** The kinds of shapes that the layer can take. */
  Takes takes();

  /** Returns the result of the case for this kind of layer. */
  <R> R match(Cases<R> cases);

  /** The name of the field. */
  default String name() {
    return field().name();
  }

  /**
   * The properties of every layer.
   *
   * @param from the fields whose outputs the layer takes; an empty name stands for the field before
   * @param place the field
   */
  record Field(String name, List<Stated<String>> from, Place place) {}

  /** The kinds of shapes that a layer can take. */
  enum Takes {
    IMAGE,
    FEATURES,
    EITHER
  }

  /**
   * A function with one case for each kind of layer and no default, so that every implementation
   * must be extended when a kind is added.
   */
  interface Cases<R> {
    R conv(Conv layer);

    R convTranspose(ConvTranspose layer);

    R linear(Linear layer);

    R pool(Pool layer);

    R activate(Activate layer);

    R globalAvgPool(GlobalAvgPool layer);

    R upsample(Upsample layer);

    R flatten(Flatten layer);

    R batchNorm(BatchNorm layer);

    R layerNorm(LayerNorm layer);

    R groupNorm(GroupNorm layer);

    R dropout(Dropout layer);

    R join(Join layer);

    R block(Block layer);

    R custom(Custom layer);

    R unreadable(Unreadable layer);
  }

  /** A layer that slides a window over an image. */
  sealed interface Windowed extends LayerSpec {
    /** The window of the layer. */
    WindowSpec window();

    @Override
    default Takes takes() {
      return Takes.IMAGE;
    }
  }

  /** An affine layer. */
  sealed interface Affine extends LayerSpec {
    /** The output channels or features. */
    Stated<Integer> out();

    /** The input channels or features. */
    Stated<Integer> in();

    /** Returns whether a bias is added. */
    boolean bias();

    /** The Bayesian part, if the weights are posteriors. */
    Optional<BayesSpec> bayes();
  }

  /** A convolution, or a transposed one. */
  sealed interface Filtering extends Affine, Windowed {
    /** The groups of channels. */
    Stated<Integer> groups();
  }

  /** {@code @BayesConv} or {@code @Conv}. */
  record Conv(
      Field field,
      Stated<Integer> out,
      WindowSpec window,
      Stated<Integer> groups,
      boolean bias,
      Stated<Integer> in,
      Optional<BayesSpec> bayes)
      implements Filtering {
    @Override
    public String annotation() {
      return bayes.isPresent() ? "BayesConv" : "Conv";
    }

    @Override
    public <R> R match(Cases<R> cases) {
      return cases.conv(this);
    }
  }

  /** {@code @BayesConvTranspose} or {@code @ConvTranspose}. */
  record ConvTranspose(
      Field field,
      Stated<Integer> out,
      WindowSpec window,
      Stated<List<Integer>> outputPadding,
      Stated<Integer> groups,
      boolean bias,
      Stated<Integer> in,
      Optional<BayesSpec> bayes)
      implements Filtering {
    /** The output padding as an element of the annotation, with its least value. */
    public WindowSpec.Part extra() {
      return new WindowSpec.Part("outputPadding", outputPadding, 0);
    }

    @Override
    public String annotation() {
      return bayes.isPresent() ? "BayesConvTranspose" : "ConvTranspose";
    }

    @Override
    public <R> R match(Cases<R> cases) {
      return cases.convTranspose(this);
    }
  }

  /** {@code @BayesLinear} or {@code @Linear}. */
  record Linear(
      Field field, Stated<Integer> out, boolean bias, Stated<Integer> in, Optional<BayesSpec> bayes)
      implements Affine {
    @Override
    public String annotation() {
      return bayes.isPresent() ? "BayesLinear" : "Linear";
    }

    @Override
    public Takes takes() {
      return Takes.FEATURES;
    }

    @Override
    public <R> R match(Cases<R> cases) {
      return cases.linear(this);
    }
  }

  /** {@code @MaxPool} or {@code @AvgPool}. */
  record Pool(Field field, Kind kind, WindowSpec window) implements Windowed {
    /** The value taken of a window. */
    public enum Kind {
      MAX,
      AVG
    }

    @Override
    public String annotation() {
      return kind == Kind.MAX ? "MaxPool" : "AvgPool";
    }

    @Override
    public <R> R match(Cases<R> cases) {
      return cases.pool(this);
    }
  }

  /** {@code @Activate}. */
  record Activate(Field field, Activation function) implements LayerSpec {
    @Override
    public String annotation() {
      return "Activate";
    }

    @Override
    public Takes takes() {
      return Takes.EITHER;
    }

    @Override
    public <R> R match(Cases<R> cases) {
      return cases.activate(this);
    }
  }

  /** {@code @GlobalAvgPool}. */
  record GlobalAvgPool(Field field) implements LayerSpec {
    @Override
    public String annotation() {
      return "GlobalAvgPool";
    }

    @Override
    public Takes takes() {
      return Takes.IMAGE;
    }

    @Override
    public <R> R match(Cases<R> cases) {
      return cases.globalAvgPool(this);
    }
  }

  /** {@code @Upsample}. */
  record Upsample(Field field, Stated<List<Integer>> scale, Interpolation interpolation)
      implements LayerSpec {
    /** The element of the annotation and its least value. */
    public WindowSpec.Part part() {
      return new WindowSpec.Part("scale", scale, 1);
    }

    @Override
    public String annotation() {
      return "Upsample";
    }

    @Override
    public Takes takes() {
      return Takes.IMAGE;
    }

    @Override
    public <R> R match(Cases<R> cases) {
      return cases.upsample(this);
    }
  }

  /** {@code @Flatten}. */
  record Flatten(Field field, Stated<Integer> features) implements LayerSpec {
    @Override
    public String annotation() {
      return "Flatten";
    }

    @Override
    public Takes takes() {
      return Takes.IMAGE;
    }

    @Override
    public <R> R match(Cases<R> cases) {
      return cases.flatten(this);
    }
  }

  /** {@code @BatchNorm}. */
  record BatchNorm(Field field) implements LayerSpec {
    @Override
    public String annotation() {
      return "BatchNorm";
    }

    @Override
    public Takes takes() {
      return Takes.EITHER;
    }

    @Override
    public <R> R match(Cases<R> cases) {
      return cases.batchNorm(this);
    }
  }

  /** {@code @LayerNorm}. */
  record LayerNorm(Field field) implements LayerSpec {
    @Override
    public String annotation() {
      return "LayerNorm";
    }

    @Override
    public Takes takes() {
      return Takes.EITHER;
    }

    @Override
    public <R> R match(Cases<R> cases) {
      return cases.layerNorm(this);
    }
  }

  /** {@code @GroupNorm}. */
  record GroupNorm(Field field, Stated<Integer> groups) implements LayerSpec {
    @Override
    public String annotation() {
      return "GroupNorm";
    }

    @Override
    public Takes takes() {
      return Takes.EITHER;
    }

    @Override
    public <R> R match(Cases<R> cases) {
      return cases.groupNorm(this);
    }
  }

  /** {@code @Dropout}. */
  record Dropout(Field field, Stated<Double> probability) implements LayerSpec {
    @Override
    public String annotation() {
      return "Dropout";
    }

    @Override
    public Takes takes() {
      return Takes.EITHER;
    }

    @Override
    public <R> R match(Cases<R> cases) {
      return cases.dropout(this);
    }
  }

  /** {@code @Add} or {@code @Concat}. */
  record Join(Field field, Kind kind) implements LayerSpec {
    /** The way to join outputs. */
    public enum Kind {
      ADD,
      CONCAT
    }

    @Override
    public String annotation() {
      return kind == Kind.ADD ? "Add" : "Concat";
    }

    @Override
    public Takes takes() {
      return Takes.EITHER;
    }

    @Override
    public <R> R match(Cases<R> cases) {
      return cases.join(this);
    }
  }

  /**
   * {@code @Block}.
   *
   * @param network the other class, which was read without faults
   * @param out values of its free outputs: one number for each, or one for all
   */
  record Block(Field field, NetworkSpec network, Stated<List<Integer>> out) implements LayerSpec {
    /** Returns whether {@code out} has values for {@code open} free outputs. */
    public boolean tells(int open) {
      return out.value().size() == open || out.value().size() == 1 && open > 0;
    }

    @Override
    public String annotation() {
      return "Block";
    }

    @Override
    public Takes takes() {
      return Takes.EITHER;
    }

    @Override
    public <R> R match(Cases<R> cases) {
      return cases.block(this);
    }
  }

  /**
   * {@code @Custom}.
   *
   * @param type the user's class
   * @param output the shape function, one entry a dimension; empty for the shape of the input
   */
  record Custom(Field field, ClassId type, List<Stated<String>> output) implements LayerSpec {
    @Override
    public String annotation() {
      return "Custom";
    }

    @Override
    public Takes takes() {
      return Takes.EITHER;
    }

    @Override
    public <R> R match(Cases<R> cases) {
      return cases.custom(this);
    }
  }

  /** A field whose layer could not be read; the reader has reported it. */
  record Unreadable(Field field) implements LayerSpec {
    @Override
    public String annotation() {
      return "?";
    }

    @Override
    public Takes takes() {
      return Takes.EITHER;
    }

    @Override
    public <R> R match(Cases<R> cases) {
      return cases.unreadable(this);
    }
  }
}

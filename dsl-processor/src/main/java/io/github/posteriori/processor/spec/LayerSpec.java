package io.github.posteriori.processor.spec;

import io.github.posteriori.annotations.Activation;
import io.github.posteriori.processor.report.Place;
import java.util.List;
import java.util.Optional;

/** One field of the class as the user wrote it. */
public sealed interface LayerSpec {

  /** The field itself. */
  Field field();

  /** The simple name of the layer annotation. */
  String annotation();

  /** What the layer can take. */
  Takes takes();

  /** The answer for the kind of layer that this is. */
  <R> R match(Cases<R> cases);

  /** The name of the field. */
  default String name() {
    return field().name();
  }

  /**
   * What all layers share.
   *
   * @param from the fields whose outputs the layer takes; an empty name stands for the one before
   * @param place the field
   */
  record Field(String name, List<Stated<String>> from, Place place) {}

  /** Which kinds of shapes a layer can take. */
  enum Takes {
    IMAGE,
    FEATURES,
    EITHER
  }

  /**
   * A question that each kind of layer answers for itself. There is no answer for the rest: where a
   * kind is added, every implementation must say what it means there.
   */
  interface Cases<R> {
    R conv(Conv layer);

    R linear(Linear layer);

    R pool(Pool layer);

    R activate(Activate layer);

    R flatten(Flatten layer);

    R batchNorm(BatchNorm layer);

    R dropout(Dropout layer);

    R join(Join layer);

    R block(Block layer);

    R custom(Custom layer);

    R unreadable(Unreadable layer);
  }

  /** A layer that slides a window over an image. */
  sealed interface Windowed extends LayerSpec {
    /** How the window slides. */
    WindowSpec window();

    @Override
    default Takes takes() {
      return Takes.IMAGE;
    }
  }

  /** A layer of weights. */
  sealed interface Affine extends LayerSpec {
    /** Output channels or features. */
    Stated<Integer> out();

    /** Input channels or features. */
    Stated<Integer> in();

    /** Whether a bias is added. */
    boolean bias();

    /** Present where the weights are posteriors. */
    Optional<BayesSpec> bayes();
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
      implements Affine, Windowed {
    @Override
    public String annotation() {
      return bayes.isPresent() ? "BayesConv" : "Conv";
    }

    @Override
    public <R> R match(Cases<R> cases) {
      return cases.conv(this);
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
    /** What is taken of a window. */
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
    /** How outputs become one. */
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
   * @param network the other class, in which nothing is wrong that reading it shows
   * @param out what its free outputs are here: one number for each, or one for all
   */
  record Block(Field field, NetworkSpec network, Stated<List<Integer>> out) implements LayerSpec {
    /** Whether {@code out} tells so many free outputs. */
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

  /** A field that does not say which layer it is; the reader has reported it. */
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

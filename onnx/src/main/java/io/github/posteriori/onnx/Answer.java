package io.github.posteriori.onnx;

import io.github.posteriori.annotations.Estimator;
import io.github.posteriori.layers.AffineLayer;
import io.github.posteriori.layers.Shape;
import java.util.List;

/** What a model answers about each example. */
sealed interface Answer permits PointAnswer, PredictionAnswer {

  /** The names of its outputs, in order. */
  List<String> outputs();

  /** Returns how the graph samples a layer. */
  Estimator estimator(AffineLayer layer);

  /** Adds the outputs. */
  void add(GraphDraft graph, Value logits, Shape shape);
}

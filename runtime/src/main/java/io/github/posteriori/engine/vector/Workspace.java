package io.github.posteriori.engine.vector;

/** What an operation holds in an array of its worker while it computes. */
enum Workspace {
  /** Inputs of a linear map, transformed. */
  INPUTS,
  /** Products of transformed inputs and weights. */
  PRODUCTS,
  /** Sums on the way to these. */
  PATCH,
  /** Outputs of a map of means. */
  MEANS,
  /** Outputs of a map of variances. */
  VARIANCES,
  /** Squares of a layer's inputs. */
  SQUARES,
  /** The inputs with their padding. */
  PADDED,
  /** The squares with their padding. */
  PADDED_SQUARES,
  /** Lane by lane, the gradient by the weights. */
  WEIGHT_SUMS,
  /** Lane by lane, the gradient by the weights' variances. */
  VARIANCE_SUMS,
  /** The gradient by a layer's outputs behind its pool. */
  POOLED_GRADIENT,
  /** The gradient by these outputs' variances. */
  POOLED_VARIANCE_GRADIENT,
  /** The gradient by all outputs. */
  GRADIENT,
  /** The gradient by all outputs' variances. */
  VARIANCE_GRADIENT,
  /** The gradient by the squares of the inputs. */
  SQUARES_GRADIENT,
  /** A row of numbers between two elementwise loops. */
  ROW
}

/**
 * Networks as estimators and models of Spark ML.
 *
 * <p>{@link io.github.posteriori.spark.BayesClassifier} and {@link
 * io.github.posteriori.spark.BayesRegressor} train; {@link
 * io.github.posteriori.spark.BayesClassificationModel} and {@link
 * io.github.posteriori.spark.BayesRegressionModel} score, whether they were trained here or come
 * from a checkpoint.
 */
package io.github.posteriori.spark;

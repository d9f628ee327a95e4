package io.github.posteriori;

/**
 * The record of how a module's weights were trained.
 *
 * @param dataset name of the training set
 * @param trainingImages N, the size of the training split
 * @param seed the random seed of the run
 * @param epochs passes over the training split so far
 * @param beta weight of the KL divergence, as stated
 * @param engine the engine that trained
 * @param java version of the JVM
 */
public record Provenance(
    String dataset,
    int trainingImages,
    long seed,
    int epochs,
    String beta,
    String engine,
    String java) {}

package io.github.posteriori.processor.spec;

/** A {@code @Prior} that the user wrote. */
public record PriorSpec(
    Stated<Double> mu,
    Stated<Double> sigma,
    Stated<Double> muMean,
    Stated<Double> muStd,
    Stated<Double> rhoMean,
    Stated<Double> rhoStd) {}

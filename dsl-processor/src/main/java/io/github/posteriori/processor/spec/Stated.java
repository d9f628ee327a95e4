package io.github.posteriori.processor.spec;

import io.github.posteriori.processor.report.Place;

/**
 * The value of an annotation element.
 *
 * @param value as the user wrote it, or else the default
 * @param explicit whether the user wrote it
 * @param place the value, or the annotation if the user did not write it
 */
public record Stated<T>(T value, boolean explicit, Place place) {}

/**
 * Generates modules for annotated classes while javac runs. Data flows one way, through one package
 * for each step: {@code read} the class into the records of {@code spec}, {@code infer} the shapes
 * along its graph, {@code check} the rules, {@code emit} the source. Each step may {@code report}
 * faults; a class with a fault gets no module.
 */
package io.github.posteriori.processor;

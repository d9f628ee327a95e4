/** The parts of a network: shapes, layers, and the tensors that training changes. */
package io.github.posteriori.layers;

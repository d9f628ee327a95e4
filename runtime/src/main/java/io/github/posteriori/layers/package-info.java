/** What a network is made of: shapes, layers, and the tensors that training changes. */
package io.github.posteriori.layers;

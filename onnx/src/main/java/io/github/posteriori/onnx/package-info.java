/** Networks as ONNX models. */
package io.github.posteriori.onnx;

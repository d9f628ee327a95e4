/**
 * Checkpoints of PyTorch, read without running what is in them.
 *
 * <p>{@code TorchFile} is the door. An {@code Archive} finds the pickle and the storages of a file,
 * the {@code Unpickler} turns the pickle into {@code PickleValue}s, the {@code StateDict} finds the
 * tensors among them, and the {@code ViewReader} fetches their numbers.
 */
package io.github.posteriori.checkpoint.torch;

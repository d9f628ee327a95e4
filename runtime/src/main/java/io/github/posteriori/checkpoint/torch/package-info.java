/**
 * Reads and writes checkpoints of PyTorch without running code in them.
 *
 * <p>{@code TorchFile} is the entry point. An {@code Archive} finds the pickle and the storages of
 * a file, the {@code Unpickler} turns the pickle into {@code PickleValue}s, the {@code StateDict}
 * finds the tensors among them, and the {@code ViewReader} fetches their numbers.
 */
package io.github.posteriori.checkpoint.torch;

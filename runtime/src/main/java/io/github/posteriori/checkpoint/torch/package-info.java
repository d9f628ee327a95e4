/**
 * Reads and writes checkpoints of PyTorch without running code in them.
 *
 * <p>{@code TorchFile} is the entry point. An {@code Archive} finds the pickle and the storages of
 * a file; the {@code TorchVocabulary} tells the {@code Unpickler} which names of PyTorch stand for
 * data; the {@code StateDict} finds the weights in what comes out, and the {@code ViewReader}
 * fetches their numbers.
 */
package io.github.posteriori.checkpoint.torch;

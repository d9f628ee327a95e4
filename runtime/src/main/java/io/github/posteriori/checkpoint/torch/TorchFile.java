package io.github.posteriori.checkpoint.torch;

import io.github.posteriori.checkpoint.CheckpointException;
import io.github.posteriori.checkpoint.CheckpointInput;
import io.github.posteriori.checkpoint.CheckpointOutput;
import io.github.posteriori.checkpoint.Tensor;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * The tensors in a file of {@code torch.save(model.state_dict(), path)}.
 *
 * <p>Such a file is a pickle, and a pickle can run code. None runs here: it is read as data, and a
 * file that contains anything but tensors, dictionaries, lists, numbers and strings is rejected.
 *
 * @param tensors by name, in the order of the file, as float32
 * @param ignored names of entries that are not weights: counters and flags (integer tensors), and
 *     entries that are not tensors
 */
public record TorchFile(Map<String, Tensor> tensors, List<String> ignored) {

  /**
   * Reads a file in PyTorch's zip format (since 1.6) or the legacy format. A checkpoint with the
   * weights under {@code state_dict}, {@code model_state_dict} or {@code model} is unwrapped;
   * float64, float16 and bfloat16 become float32.
   *
   * @throws CheckpointException when the file cannot be read, is damaged, holds no tensors, or
   *     contains more than data
   */
  public static TorchFile read(Path file) {
    Objects.requireNonNull(file, "file is null, expected the path of a PyTorch file");
    return CheckpointInput.read(file, "PyTorch", TorchFile::read);
  }

  private static TorchFile read(CheckpointInput input) throws IOException {
    Archive archive = Archive.open(input);
    return StateDict.read(archive.root(), new ViewReader(archive, input), input);
  }

  /**
   * Writes tensors in the zip format, so that {@code torch.load(path, weights_only=True)} returns
   * them as an {@code OrderedDict}; an existing file is replaced atomically.
   *
   * @throws CheckpointException when the file cannot be written
   */
  public static void write(Map<String, Tensor> tensors, Path file) {
    Objects.requireNonNull(file, "file is null, expected the path of the file to write");
    CheckpointOutput.write(file, output -> new ZipWriter(output).write(tensors));
  }
}

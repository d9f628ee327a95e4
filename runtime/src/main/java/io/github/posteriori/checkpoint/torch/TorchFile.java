package io.github.posteriori.checkpoint.torch;

import io.github.posteriori.checkpoint.CheckpointException;
import io.github.posteriori.checkpoint.CheckpointInput;
import io.github.posteriori.checkpoint.CheckpointOutput;
import io.github.posteriori.checkpoint.Tensor;
import io.github.posteriori.pickle.PickleException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * The tensors in a file of {@code torch.save(model.state_dict(), path)}.
 *
 * <p>Such a file is a pickle, and a pickle can run code. None runs here: it is read as data, and a
 * file that contains anything but data is rejected.
 *
 * @param tensors by name, in the order of the file, as float32
 * @param ignored names of entries that are not weights: counters and flags (integer tensors), and
 *     entries that are not tensors
 * @param key what leads to the dictionary of the tensors: the keys and positions of all
 *     dictionaries and lists around it, joined by "/"; empty if the file holds nothing else
 */
public record TorchFile(Map<String, Tensor> tensors, List<String> ignored, String key) {

  /**
   * Reads a file in PyTorch's zip format (since 1.6) or the legacy format. The one dictionary of
   * tensors is found wherever it is, such as under {@code state_dict}; float64, float16 and
   * bfloat16 become float32.
   *
   * @throws CheckpointException when the file cannot be read, is damaged, holds no dictionary of
   *     tensors or several, or contains more than data
   */
  public static TorchFile read(Path file) {
    return read(file, Optional.empty());
  }

  /**
   * Reads one of the dictionaries of tensors in a file, as {@link #read(Path)} does.
   *
   * @param key of the dictionary to take, as {@link #key} has it; empty for the only one
   * @throws CheckpointException as above, and when there is no dictionary of tensors under the key
   */
  public static TorchFile read(Path file, Optional<String> key) {
    Objects.requireNonNull(file, "file is null, expected the path of a PyTorch file");
    return CheckpointInput.read(file, "PyTorch", input -> read(input, key));
  }

  private static TorchFile read(CheckpointInput input, Optional<String> key) throws IOException {
    try {
      Archive archive = Archive.open(input);
      return new StateDict(archive.root(), input).read(key, new ViewReader(archive, input));
    } catch (PickleException e) {
      throw e.isForbidden() ? forbidden(e, input) : input.damaged(e.found(), e.expected());
    }
  }

  private static CheckpointException forbidden(PickleException e, CheckpointInput input) {
    return new CheckpointException(
        "the checkpoint "
            + input.file()
            + " asks for "
            + CheckpointInput.shown(e.found())
            + ", expected tensors, dictionaries, numbers and strings only, since a pickle that"
            + " names anything else can run code: save it again with torch.save(model.state_dict(),"
            + " path)",
        e);
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

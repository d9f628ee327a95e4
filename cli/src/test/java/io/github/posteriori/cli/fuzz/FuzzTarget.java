package io.github.posteriori.cli.fuzz;

import java.nio.file.Path;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * A reader of bytes, and files that it accepts.
 *
 * @param file where the reader looks
 * @param whole valid files
 * @param header how many of their first bytes are damaged one by one
 * @param pack makes a file of damaged bytes, where these are what lies inside it
 * @param refusal what the reader throws when it refuses a file
 * @param named a part of each refusal's message
 * @param reading reads {@code file}, and fails where what comes out is impossible
 */
public record FuzzTarget(
    String name,
    Path file,
    List<byte[]> whole,
    int header,
    UnaryOperator<byte[]> pack,
    Class<? extends RuntimeException> refusal,
    String named,
    Runnable reading) {

  /** A target whose files are damaged as they are, and whose refusals name the file. */
  public FuzzTarget(
      String name,
      Path file,
      List<byte[]> whole,
      int header,
      Class<? extends RuntimeException> refusal,
      Runnable reading) {
    this(
        name,
        file,
        whole,
        header,
        UnaryOperator.identity(),
        refusal,
        file.getFileName().toString(),
        reading);
  }

  /** This target with the damage inside of what {@code pack} makes. */
  FuzzTarget packedBy(UnaryOperator<byte[]> pack) {
    return new FuzzTarget(name, file, whole, header, pack, refusal, named, reading);
  }

  /** This target with another part of each refusal's message. */
  public FuzzTarget naming(String named) {
    return new FuzzTarget(name, file, whole, header, pack, refusal, named, reading);
  }

  @Override
  public String toString() {
    return name;
  }
}

package io.github.posteriori.checkpoint;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckpointInputTest {
  @TempDir Path folder;

  @Test
  void refusesAPieceThatTheFileHoldsAndAnArrayDoesNot() throws IOException {
    Path file = folder.resolve("large");
    long length = Integer.MAX_VALUE + 1L;
    try (FileChannel sparse =
        FileChannel.open(
            file,
            StandardOpenOption.WRITE,
            StandardOpenOption.CREATE_NEW,
            StandardOpenOption.SPARSE)) {
      sparse.write(ByteBuffer.wrap(new byte[1]), length - 1);
    }
    String message =
        Bounded.refusal(
                () -> CheckpointInput.read(file, "PyTorch", input -> input.bytes(0, length)))
            .getMessage();
    assertTrue(message.contains("a piece of 2147483648 bytes"), message);
  }
}

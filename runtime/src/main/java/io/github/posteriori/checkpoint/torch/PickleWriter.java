package io.github.posteriori.checkpoint.torch;

import io.github.posteriori.checkpoint.Tensor;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * Writes the pickle of an {@code OrderedDict} of tensors in protocol 2, with a subset of the
 * instructions of {@link io.github.posteriori.pickle.Unpickler}.
 */
final class PickleWriter {
  private final ByteArrayOutputStream pickle = new ByteArrayOutputStream();

  private PickleWriter() {}

  /** Returns the pickle of {@code tensors}, whose storages have the keys 0, 1, … */
  static byte[] pickle(Map<String, Tensor> tensors) {
    PickleWriter writer = new PickleWriter();
    writer.code(0x80).code(2); // PROTO
    writer.emptyDictionary().code('(');
    int key = 0;
    for (Map.Entry<String, Tensor> entry : tensors.entrySet()) {
      writer.text(entry.getKey()).tensor(entry.getValue(), key++);
    }
    writer.code('u').code('.'); // SETITEMS, STOP
    return writer.pickle.toByteArray();
  }

  private PickleWriter tensor(Tensor tensor, int key) {
    int[] shape = new int[tensor.shape().length];
    int[] strides = new int[shape.length];
    int stride = 1;
    for (int d = shape.length - 1; d >= 0; d--) {
      shape[d] = (int) tensor.shape()[d];
      strides[d] = stride;
      stride *= shape[d];
    }
    return global(TorchGlobal.TENSOR.python())
        .code('(')
        .storage(key, tensor.values().length)
        .number(0) // offset
        .tuple(shape)
        .tuple(strides)
        .code(0x89) // requires_grad: NEWFALSE
        .emptyDictionary() // backward_hooks
        .code('t') // TUPLE
        .code('R'); // REDUCE
  }

  private PickleWriter storage(int key, int length) {
    return code('(')
        .text("storage")
        .global(StorageType.FLOAT.python())
        .text(String.valueOf(key))
        .text("cpu")
        .number(length)
        .code('t')
        .code('Q'); // BINPERSID
  }

  private PickleWriter emptyDictionary() {
    return global("collections.OrderedDict").code(')').code('R'); // EMPTY_TUPLE, REDUCE
  }

  private PickleWriter global(String global) {
    int dot = global.lastIndexOf('.');
    String module = global.substring(0, dot);
    String name = global.substring(dot + 1);
    return code('c').bytes((module + "\n" + name + "\n").getBytes(StandardCharsets.UTF_8));
  }

  private PickleWriter tuple(int[] numbers) {
    code('(');
    for (int number : numbers) {
      number(number);
    }
    return code('t');
  }

  private PickleWriter text(String text) {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    return code('X').littleEndian(utf8.length).bytes(utf8); // BINUNICODE
  }

  private PickleWriter number(int number) {
    return code('J').littleEndian(number); // BININT
  }

  private PickleWriter littleEndian(int number) {
    return code(number).code(number >> 8).code(number >> 16).code(number >> 24);
  }

  private PickleWriter code(int code) {
    pickle.write(code);
    return this;
  }

  private PickleWriter bytes(byte[] bytes) {
    pickle.writeBytes(bytes);
    return this;
  }
}

package io.github.posteriori.checkpoint.torch;

import io.github.posteriori.checkpoint.NumberType;
import io.github.posteriori.pickle.Global;
import java.util.Optional;

/** The types of numbers that PyTorch stores, by the class of their storage. */
enum StorageType implements Global {
  FLOAT("torch.FloatStorage", NumberType.F32),
  DOUBLE("torch.DoubleStorage", NumberType.F64),
  HALF("torch.HalfStorage", NumberType.F16),
  BFLOAT16("torch.BFloat16Storage", NumberType.BF16),
  LONG("torch.LongStorage", NumberType.I64),
  INT("torch.IntStorage", NumberType.I32),
  SHORT("torch.ShortStorage", NumberType.I16),
  CHAR("torch.CharStorage", NumberType.I8),
  BYTE("torch.ByteStorage", NumberType.U8),
  BOOL("torch.BoolStorage", NumberType.BOOL),
  COMPLEX_FLOAT("torch.ComplexFloatStorage", 8),
  COMPLEX_DOUBLE("torch.ComplexDoubleStorage", 16),
  QUINT8("torch.QUInt8Storage", 1),
  QINT8("torch.QInt8Storage", 1),
  QINT32("torch.QInt32Storage", 4),
  QUINT4("torch.QUInt4x2Storage", 1),
  QUINT2("torch.QUInt2x4Storage", 1),
  /** Bytes of a type that the tensor states. */
  UNTYPED("torch.storage.UntypedStorage", 1);

  private final String python;
  private final Optional<NumberType> numbers;
  private final int size;

  StorageType(String python, NumberType numbers) {
    this.python = python;
    this.numbers = Optional.of(numbers);
    this.size = numbers.size();
  }

  /** A type that is known, but not read. */
  StorageType(String python, int size) {
    this.python = python;
    this.numbers = Optional.empty();
    this.size = size;
  }

  @Override
  public String python() {
    return python;
  }

  /** The type of the numbers, empty if they are not read. */
  Optional<NumberType> numbers() {
    return numbers;
  }

  /** The size of one number in bytes. */
  int size() {
    return size;
  }
}

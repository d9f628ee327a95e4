package io.github.posteriori.processor.infer;

import java.util.Map;
import java.util.Optional;

/** Arithmetic over the dimensions of a shape, as a {@code @Custom} field declares its output. */
public sealed interface Arithmetic {

  /** Returns the value, if every name is one of {@code dimensions}. */
  Optional<Count> value(Map<String, Count> dimensions);

  /** Returns the first name that is not one of {@code dimensions}. */
  Optional<String> unknownName(Map<String, Count> dimensions);

  /** A whole number. */
  record Literal(int number) implements Arithmetic {
    @Override
    public Optional<Count> value(Map<String, Count> dimensions) {
      return Optional.of(Count.of(number));
    }

    @Override
    public Optional<String> unknownName(Map<String, Count> dimensions) {
      return Optional.empty();
    }
  }

  /** A dimension of the input. */
  record Dimension(String name) implements Arithmetic {
    @Override
    public Optional<Count> value(Map<String, Count> dimensions) {
      return Optional.ofNullable(dimensions.get(name));
    }

    @Override
    public Optional<String> unknownName(Map<String, Count> dimensions) {
      return dimensions.containsKey(name) ? Optional.empty() : Optional.of(name);
    }
  }

  /** The quotient by a number, rounded down. */
  record Quotient(Arithmetic dividend, int divisor) implements Arithmetic {
    @Override
    public Optional<Count> value(Map<String, Count> dimensions) {
      return dividend.value(dimensions).map(value -> value.dividedBy(divisor));
    }

    @Override
    public Optional<String> unknownName(Map<String, Count> dimensions) {
      return dividend.unknownName(dimensions);
    }
  }

  /** A product. */
  record Product(Arithmetic left, Arithmetic right) implements Arithmetic {
    @Override
    public Optional<Count> value(Map<String, Count> dimensions) {
      return left.value(dimensions).flatMap(value -> right.value(dimensions).map(value::times));
    }

    @Override
    public Optional<String> unknownName(Map<String, Count> dimensions) {
      return left.unknownName(dimensions).or(() -> right.unknownName(dimensions));
    }
  }

  /**
   * A sum or a difference.
   *
   * @param sign of the right side, 1 or -1
   */
  record Sum(Arithmetic left, int sign, Arithmetic right) implements Arithmetic {
    @Override
    public Optional<Count> value(Map<String, Count> dimensions) {
      return left.value(dimensions)
          .flatMap(value -> right.value(dimensions).map(other -> value.plus(other.times(sign))));
    }

    @Override
    public Optional<String> unknownName(Map<String, Count> dimensions) {
      return left.unknownName(dimensions).or(() -> right.unknownName(dimensions));
    }
  }
}

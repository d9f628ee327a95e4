package io.github.posteriori.processor.infer;

import io.github.posteriori.annotations.Dim;
import io.github.posteriori.processor.spec.Slide;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * An exact count: a number, or a polynomial in the free dimensions such as {@code 300 * channels +
 * 12}.
 *
 * @param terms the non-zero coefficients by their factors; the constant term has no factors
 */
public record Count(SortedMap<List<Factor>, BigInteger> terms) {
  /** Higher degrees first, the constant last. */
  private static final Comparator<List<Factor>> ORDER =
      Comparator.<List<Factor>>comparingInt(factors -> -factors.size())
          .thenComparing(List::toString);

  private static final List<Factor> CONSTANT = List.of();

  /** Drops terms that are zero. */
  public Count {
    SortedMap<List<Factor>, BigInteger> kept = new TreeMap<>(ORDER);
    terms.forEach(
        (factors, coefficient) -> {
          if (coefficient.signum() != 0) {
            kept.put(factors, coefficient);
          }
        });
    terms = Collections.unmodifiableSortedMap(kept);
  }

  /** Creates a number. */
  public static Count of(long number) {
    return of(BigInteger.valueOf(number));
  }

  /** Creates a free dimension. */
  public static Count free(String dimension) {
    return term(List.of(new Factor.Free(dimension)), BigInteger.ONE);
  }

  /** Returns the sum. */
  public Count plus(Count other) {
    SortedMap<List<Factor>, BigInteger> sum = new TreeMap<>(terms);
    other.terms.forEach((factors, c) -> sum.merge(factors, c, BigInteger::add));
    return new Count(sum);
  }

  /** Returns the sum with a number. */
  public Count plus(long number) {
    return plus(of(number));
  }

  /** Returns the product. */
  public Count times(Count other) {
    SortedMap<List<Factor>, BigInteger> product = new TreeMap<>(ORDER);
    terms.forEach(
        (left, c) ->
            other.terms.forEach(
                (right, d) -> product.merge(join(left, right), c.multiply(d), BigInteger::add)));
    return new Count(product);
  }

  /** Returns the product with a number. */
  public Count times(long number) {
    return times(of(number));
  }

  /**
   * Returns the quotient, rounded down; if that depends on a free dimension, it becomes a factor of
   * its own.
   */
  public Count dividedBy(int divisor) {
    return dividedBy(BigInteger.valueOf(divisor));
  }

  private Count dividedBy(BigInteger divisor) {
    if (withoutConstant().allMatch(c -> c.mod(divisor).signum() == 0)) {
      SortedMap<List<Factor>, BigInteger> quotient = new TreeMap<>(ORDER);
      terms.forEach(
          (factors, c) -> quotient.put(factors, c.subtract(c.mod(divisor)).divide(divisor)));
      return new Count(quotient);
    }
    BigInteger constant = terms.getOrDefault(CONSTANT, BigInteger.ZERO);
    List<Factor> open = terms.firstKey();
    if (open.size() == 1
        && open.get(0) instanceof Factor.Quotient inner
        && equals(term(open, BigInteger.ONE).plus(of(constant)))) {
      // floor((floor(x / a) + c) / b) = floor((x + a c) / (a b))
      return inner
          .dividend()
          .plus(of(constant.multiply(inner.divisor())))
          .dividedBy(inner.divisor().multiply(divisor));
    }
    return term(List.of(new Factor.Quotient(this, divisor)), BigInteger.ONE);
  }

  /** Returns the number of positions of a window along this size, as {@link Dim#slide}, exactly. */
  public Count slide(Slide slide) {
    // floor(x / stride) + 1 as floor((x + stride) / stride), which keeps products in one term.
    return plus(2L * slide.padding() - slide.span() + slide.stride()).dividedBy(slide.stride());
  }

  /** Returns the size over which a window has this number of positions, as {@link Dim#spread}. */
  public Count spread(Slide slide, int extra) {
    return times(slide.stride()).plus(slide.span() - slide.stride() - 2L * slide.padding() + extra);
  }

  /** Returns the number, if there is no free dimension. */
  public Optional<BigInteger> known() {
    if (terms.isEmpty()) {
      return Optional.of(BigInteger.ZERO);
    }
    return terms.firstKey().isEmpty() ? Optional.of(terms.get(CONSTANT)) : Optional.empty();
  }

  /** Returns whether this differs from a count for all values of the free dimensions. */
  public boolean differsFrom(Count other) {
    return plus(other.times(-1)).known().filter(known -> known.signum() != 0).isPresent();
  }

  /** Returns whether this differs from {@code number} for all values of the free dimensions. */
  public boolean differsFrom(long number) {
    return differsFrom(of(number));
  }

  /** Returns whether this is a number below {@code least}. */
  public boolean isBelow(long least) {
    return known().filter(known -> known.compareTo(BigInteger.valueOf(least)) < 0).isPresent();
  }

  /** Returns whether this is a number beyond the range of {@code int}. */
  public boolean isUncountable() {
    return known()
        .filter(known -> known.compareTo(BigInteger.valueOf(Integer.MAX_VALUE)) > 0)
        .isPresent();
  }

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    terms.forEach(
        (factors, coefficient) -> {
          boolean negative = coefficient.signum() < 0;
          if (!text.isEmpty()) {
            text.append(negative ? " - " : " + ");
          } else if (negative) {
            text.append('-');
          }
          text.append(text(factors, coefficient.abs()));
        });
    return text.isEmpty() ? "0" : text.toString();
  }

  private Stream<BigInteger> withoutConstant() {
    return terms.entrySet().stream()
        .filter(term -> !term.getKey().isEmpty())
        .map(Map.Entry::getValue);
  }

  private static String text(List<Factor> factors, BigInteger coefficient) {
    if (factors.isEmpty()) {
      return coefficient.toString();
    }
    String product = factors.stream().map(Factor::toString).collect(Collectors.joining(" * "));
    return coefficient.equals(BigInteger.ONE) ? product : coefficient + " * " + product;
  }

  private static Count of(BigInteger number) {
    return term(CONSTANT, number);
  }

  private static Count term(List<Factor> factors, BigInteger coefficient) {
    SortedMap<List<Factor>, BigInteger> term = new TreeMap<>(ORDER);
    term.put(factors, coefficient);
    return new Count(term);
  }

  private static List<Factor> join(List<Factor> left, List<Factor> right) {
    List<Factor> all = new ArrayList<>(left);
    all.addAll(right);
    all.sort(Comparator.comparing(Factor::toString));
    return List.copyOf(all);
  }
}

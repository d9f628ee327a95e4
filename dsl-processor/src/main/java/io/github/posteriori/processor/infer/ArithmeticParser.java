package io.github.posteriori.processor.infer;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Parses {@link Arithmetic}.
 *
 * <pre>
 *   sum     = product { ("+" | "-") product }
 *   product = atom { "*" atom | "/" number }
 *   atom    = number | name | "(" sum ")"
 * </pre>
 */
public final class ArithmeticParser {
  private static final Pattern TOKEN =
      Pattern.compile("[0-9]+|\\p{javaJavaIdentifierStart}\\p{javaJavaIdentifierPart}*|\\S");
  private static final Pattern NUMBER = Pattern.compile("[0-9]{1,9}");

  /** The largest number of tokens, well above any real use and below the limit of recursion. */
  private static final int MOST_TOKENS = 500;

  private final List<String> tokens;
  private int next;

  private ArithmeticParser(String text) {
    this.tokens = TOKEN.matcher(text).results().map(result -> result.group()).toList();
  }

  /** Parses {@code text}; empty if it is not arithmetic. */
  public static Optional<Arithmetic> parse(String text) {
    ArithmeticParser parser = new ArithmeticParser(text);
    if (parser.tokens.size() > MOST_TOKENS) {
      return Optional.empty();
    }
    try {
      Arithmetic sum = parser.sum();
      return parser.peek().isEmpty() ? Optional.of(sum) : Optional.empty();
    } catch (Malformed malformed) {
      return Optional.empty();
    }
  }

  private Arithmetic sum() {
    Arithmetic sum = product();
    while (peek().equals("+") || peek().equals("-")) {
      int sign = take().equals("+") ? 1 : -1;
      sum = new Arithmetic.Sum(sum, sign, product());
    }
    return sum;
  }

  private Arithmetic product() {
    Arithmetic product = atom();
    while (peek().equals("*") || peek().equals("/")) {
      product =
          take().equals("*")
              ? new Arithmetic.Product(product, atom())
              : new Arithmetic.Quotient(product, divisor());
    }
    return product;
  }

  private Arithmetic atom() {
    String token = take();
    if (token.equals("(")) {
      Arithmetic sum = sum();
      if (!take().equals(")")) {
        throw new Malformed();
      }
      return sum;
    }
    if (NUMBER.matcher(token).matches()) {
      return new Arithmetic.Literal(Integer.parseInt(token));
    }
    if (token.isEmpty() || !Character.isJavaIdentifierStart(token.codePointAt(0))) {
      throw new Malformed();
    }
    return new Arithmetic.Dimension(token);
  }

  private int divisor() {
    String token = take();
    Matcher number = NUMBER.matcher(token);
    if (!number.matches() || Integer.parseInt(token) == 0) {
      throw new Malformed();
    }
    return Integer.parseInt(token);
  }

  /** Returns the next token, or an empty string at the end. */
  private String peek() {
    return next < tokens.size() ? tokens.get(next) : "";
  }

  private String take() {
    String token = peek();
    next++;
    return token;
  }

  private static final class Malformed extends RuntimeException {
    private static final long serialVersionUID = 1;
  }
}

package io.github.posteriori.cli.serve;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;

/**
 * What there is to ask for.
 *
 * @param predictions of pictures
 * @param page that a person sees
 * @param metrics that Prometheus sees
 * @param status of the network, for {@code /health}
 * @param stopping whether nothing new is begun
 */
record Routes(
    Predictions predictions,
    Page page,
    ServerMetrics metrics,
    Map<String, Object> status,
    BooleanSupplier stopping) {
  private static final Set<String> PATHS = Set.of("/", "/predict", "/health", "/metrics");
  private static final List<String> READ = List.of("GET", "HEAD");

  /** Returns the path if there is such a one, else one word for all others. */
  static String label(String path) {
    return PATHS.contains(path) ? path : "other";
  }

  /**
   * Answers a request.
   *
   * @throws Refusal when there is no such thing, or not by this method
   * @throws IOException when the client is gone
   */
  Reply answer(Exchange exchange) throws IOException {
    String path = exchange.path();
    if (!PATHS.contains(path)) {
      throw new Refusal(
          404,
          "there is no such path, expected one of "
              + String.join(", ", PATHS.stream().sorted().toList())
              + ": correct the address");
    }
    requireMethod(exchange, path.equals("/predict") ? List.of("POST") : READ);
    return switch (path) {
      case "/predict" -> predict(exchange);
      case "/health" -> health();
      case "/metrics" -> metrics.reply();
      default -> page.reply();
    };
  }

  private static void requireMethod(Exchange exchange, List<String> allowed) {
    if (!allowed.contains(exchange.method())) {
      throw new Refusal(
          405,
          "the method is none of "
              + exchange.path()
              + ", expected "
              + String.join(" or ", allowed)
              + ": use it",
          Map.of("Allow", String.join(", ", allowed)));
    }
  }

  private Reply predict(Exchange exchange) throws IOException {
    if (stopping.getAsBoolean()) {
      throw Refusal.busy(503, "the server is stopping, expected a running one: ask another");
    }
    return predictions.answer(exchange);
  }

  private Reply health() {
    return stopping.getAsBoolean()
        ? Reply.json(503, Map.of("status", "stopping"))
        : Reply.json(200, status);
  }
}

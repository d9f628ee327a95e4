package io.github.posteriori.cli.serve;

import io.github.posteriori.cli.predict.Willingness;
import java.io.IOException;
import java.util.HashSet;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** {@code POST /predict}: what the network says of the picture or the numbers in the body. */
final class Predictions {
  private final Intake intake;
  private final Willingness willingness;
  private final RequestBody bodies;
  private final Batcher batcher;
  private final long nanoseconds;
  private final Set<String> parameters;

  Predictions(
      Intake intake,
      Willingness willingness,
      RequestBody bodies,
      Batcher batcher,
      ServeSettings settings) {
    this.intake = intake;
    this.willingness = willingness;
    this.bodies = bodies;
    this.batcher = batcher;
    this.nanoseconds = settings.timeout().toNanos();
    this.parameters = new HashSet<>(intake.parameters());
    parameters.addAll(Set.of("risk", "confidence"));
  }

  Reply answer(Exchange exchange) throws IOException {
    Query query = Query.of(exchange.http().getRequestURI(), parameters);
    Willingness own = willingness(query);
    byte[] body = bodies.read(exchange);
    try {
      Intake.Taken taken = intake.take(body, type(exchange), query, left(exchange));
      Future<Told> answer = batcher.submit(taken.numbers());
      try {
        Told told = answer.get(left(exchange), TimeUnit.NANOSECONDS);
        String hint = taken.hint().orElse(null);
        return Reply.json(200, told.answer(own.threshold(), hint));
      } finally {
        answer.cancel(false);
      }
    } catch (TimeoutException e) {
      throw Refusal.busy(
          504,
          "the network had not answered after "
              + TimeUnit.NANOSECONDS.toSeconds(nanoseconds)
              + " s, expected an answer: try again when fewer ask, or start the server with a"
              + " larger --timeout");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw Refusal.busy(503, "the server is stopping, expected a running one");
    } catch (ExecutionException e) {
      throw failure(e.getCause());
    }
  }

  /** Returns what a request states, or else what the server was started with. */
  private Willingness willingness(Query query) {
    OptionalDouble risk = query.share("risk");
    OptionalDouble confidence = query.share("confidence");
    if (risk.isEmpty() && confidence.isEmpty()) {
      return willingness;
    }
    try {
      return new Willingness(willingness.measured(), risk, confidence);
    } catch (IllegalArgumentException e) {
      throw new Refusal(400, e.getMessage());
    }
  }

  private long left(Exchange exchange) {
    return nanoseconds - exchange.nanoseconds();
  }

  private static String type(Exchange exchange) {
    String stated = Optional.ofNullable(exchange.header("Content-Type")).orElse("");
    return stated.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
  }

  private static RuntimeException failure(Throwable cause) {
    if (cause instanceof IllegalArgumentException) {
      return new Refusal(400, cause.getMessage());
    }
    if (cause instanceof RuntimeException unexpected) {
      return unexpected;
    }
    return new IllegalStateException(cause);
  }
}

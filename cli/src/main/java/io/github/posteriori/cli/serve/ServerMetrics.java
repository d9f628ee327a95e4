package io.github.posteriori.cli.serve;

import io.prometheus.metrics.config.EscapingScheme;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.core.metrics.Histogram;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.instrumentation.jvm.JvmMetrics;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.function.IntSupplier;

/** What a server counts and measures, for Prometheus. */
final class ServerMetrics {
  private static final double[] SECONDS = {
    0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 30
  };

  private final PrometheusRegistry registry = new PrometheusRegistry();
  private final PrometheusTextFormatWriter text = PrometheusTextFormatWriter.create();
  private final Counter requests =
      Counter.builder()
          .name("posteriori_http_requests_total")
          .help("Requests by path and status; status 0: the client went away")
          .labelNames("path", "status")
          .register(registry);
  private final Histogram latency =
      Histogram.builder()
          .name("posteriori_http_request_duration_seconds")
          .help("Time from the headers of a request to the end of its answer")
          .labelNames("path")
          .classicOnly()
          .classicUpperBounds(SECONDS)
          .register(registry);
  private final Histogram batches =
      Histogram.builder()
          .name("posteriori_batch_pictures")
          .help("Pictures that the network saw together")
          .classicOnly()
          .classicUpperBounds(1, 2, 4, 8, 16, 32, 64, 128, 256)
          .register(registry);
  private final Histogram network =
      Histogram.builder()
          .name("posteriori_batch_duration_seconds")
          .help("Time of the network for a batch, all posterior samples")
          .classicOnly()
          .classicUpperBounds(SECONDS)
          .register(registry);

  ServerMetrics() {
    JvmMetrics.builder().register(registry);
  }

  /** Reports how many pictures wait. */
  void watch(IntSupplier waiting) {
    GaugeWithCallback.builder()
        .name("posteriori_queue_pictures")
        .help("Pictures that wait for the network")
        .callback(callback -> callback.call(waiting.getAsInt()))
        .register(registry);
  }

  /**
   * Counts a request.
   *
   * @param path one of a few: each makes a series
   */
  void answered(String path, int status, long nanoseconds) {
    requests.labelValues(path, Integer.toString(status)).inc();
    latency.labelValues(path).observe(nanoseconds * 1e-9);
  }

  void ran(int pictures, long nanoseconds) {
    batches.observe(pictures);
    network.observe(nanoseconds * 1e-9);
  }

  Reply reply() {
    try {
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      text.write(out, registry.scrape(), EscapingScheme.UNDERSCORE_ESCAPING);
      return Reply.of(200, text.getContentType(), out.toByteArray());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

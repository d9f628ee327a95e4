package io.github.posteriori.cli.serve;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.github.posteriori.BayesModule;
import io.github.posteriori.cli.predict.Willingness;
import io.github.posteriori.data.TableSchema;
import io.github.posteriori.likelihood.TargetKind;
import io.github.posteriori.log.Log;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Phaser;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Serves a network over HTTP: a page, an API, and what there is to watch. */
public final class PictureServer implements AutoCloseable {
  private static final Log LOG = Log.of(PictureServer.class);

  /** So long the network runs before the first request, until it is compiled. */
  private static final long WARM_UP = TimeUnit.SECONDS.toNanos(1);

  private final ServeSettings settings;
  private final HttpServer http;
  private final ExecutorService threads = JdkServer.threads();
  private final ScheduledExecutorService clock =
      Executors.newSingleThreadScheduledExecutor(JdkServer.named("posteriori-clock"));
  private final ServerMetrics metrics = new ServerMetrics();
  private final KnownHosts hosts;
  private final RequestBody bodies;
  private final Batcher batcher;
  private final Routes routes;

  /** Counts the requests that are being answered, and this server as one more. */
  private final Phaser running = new Phaser(1);

  private volatile boolean stopping;

  private PictureServer(
      HttpServer http,
      BayesModule module,
      Intake intake,
      Willingness willingness,
      ServeSettings settings) {
    this.http = http;
    this.settings = settings;
    this.hosts = new KnownHosts(settings.host(), settings.names());
    this.bodies = new RequestBody(settings.mostBytes(), settings.timeout().toNanos(), clock);
    this.batcher = new Batcher(module, settings, metrics);
    this.routes =
        new Routes(
            new Predictions(intake, willingness, bodies, batcher, settings),
            Page.of(module, intake, willingness, settings),
            metrics,
            status(module, settings),
            () -> stopping);
  }

  /**
   * Starts a server, which answers when this returns.
   *
   * @param invert whether dark and light of pictures are exchanged, unless a request says otherwise
   * @throws ServeException when the port is taken, or the host is not this machine
   */
  public static PictureServer start(
      BayesModule module, Willingness willingness, boolean invert, ServeSettings settings) {
    return start(module, willingness, Intake.of(module.inputShape(), invert), settings);
  }

  /**
   * Starts a server for the rows of a table, which answers when this returns.
   *
   * @param table that the network learned from
   * @throws ServeException when the port is taken, or the host is not this machine
   */
  public static PictureServer start(
      BayesModule module, Willingness willingness, TableSchema table, ServeSettings settings) {
    return start(
        module, willingness, new NumbersIntake(module.inputShape(), Optional.of(table)), settings);
  }

  private static PictureServer start(
      BayesModule module, Willingness willingness, Intake intake, ServeSettings settings) {
    JdkServer.limit(settings.timeout());
    HttpServer http = Listening.on(settings.host(), settings.port());
    PictureServer server = new PictureServer(http, module, intake, willingness, settings);
    warmUp(module, settings);
    http.createContext("/", server::handle);
    http.setExecutor(server.threads);
    http.start();
    return server;
  }

  /** Lets the network run on nothing, alone and in batches, so that it is compiled. */
  private static void warmUp(BayesModule module, ServeSettings settings) {
    long start = System.nanoTime();
    do {
      for (int count : new int[] {1, settings.batch()}) {
        float[] nothing = new float[count * module.inputShape().size()];
        Told.ask(module, nothing, count, settings.samples());
      }
    } while (System.nanoTime() - start < WARM_UP);
  }

  private static Map<String, Object> status(BayesModule module, ServeSettings settings) {
    Map<String, Object> status = new LinkedHashMap<>();
    status.put("status", "ok");
    status.put("definition", module.definition());
    status.put("input", module.inputShape().batch(1));
    if (module.likelihood().kind() == TargetKind.CLASSES) {
      status.put("classes", module.classNames());
    } else {
      status.put("targets", module.likelihood().targetNames());
    }
    status.put("samples", settings.samples());
    status.put("engine", module.engine().name());
    return status;
  }

  /** The address that it listens on. */
  public InetSocketAddress address() {
    return http.getAddress();
  }

  /** The address of the page. */
  public String page() {
    String host = settings.host().contains(":") ? "[" + settings.host() + "]" : settings.host();
    return "http://" + host + ":" + address().getPort() + "/";
  }

  private void handle(HttpExchange request) {
    running.register();
    Exchange exchange = new Exchange(request);
    try (exchange) {
      exchange.answer(reply(exchange));
    } catch (IOException e) {
      // The client is gone, or was told that it is too slow.
    } finally {
      metrics.answered(Routes.label(exchange.path()), exchange.status(), exchange.nanoseconds());
      running.arriveAndDeregister();
    }
  }

  private Reply reply(Exchange exchange) throws IOException {
    try {
      hosts.require(exchange.header("Host"));
      return routes.answer(exchange);
    } catch (Refusal e) {
      bodies.discard(exchange);
      return e.reply();
    } catch (OutOfMemoryError e) {
      LOG.warn("out of memory: allow more, such as POSTERIORI_JAVA_OPTS=-Xmx2g");
      return Refusal.busy(503, "memory is short, expected room: send a smaller picture, or later")
          .reply();
    } catch (RuntimeException e) {
      LOG.warn("unexpected failure: " + e);
      return new Refusal(
              500, "the server failed, expected an answer: read its log for what happened")
          .reply();
    }
  }

  /** Answers what has begun, refuses what is new meanwhile, and stops. */
  @Override
  public void close() {
    stopping = true;
    try {
      running.awaitAdvanceInterruptibly(
          running.arrive(), settings.timeout().toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (TimeoutException e) {
      LOG.warn("some requests are not answered in time; they are dropped");
    }
    http.stop(0);
    batcher.close();
    threads.shutdownNow();
    clock.shutdownNow();
  }
}

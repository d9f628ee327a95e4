package io.github.posteriori.cli;

import io.github.posteriori.cli.cluster.Cluster;
import io.github.posteriori.train.Exchange;
import java.util.Optional;
import picocli.CommandLine.Option;

/** The options that divide the batches of a training, and say who computes the parts. */
final class ShardOptions {
  private static final int ON_A_CLUSTER = 4;

  @Option(
      names = "--shards",
      paramLabel = "N",
      description =
          "parts that every batch is divided into. The weights depend on N, and not on who computes"
              + " the parts (default: 1; with --spark 4)")
  private Integer shards;

  @Option(
      names = "--exchange",
      paramLabel = "E",
      description =
          "what the parts exchange: gradients; bfloat16, which takes half as many bytes; local:K,"
              + " weights after K steps of each part on its own; merge, the posteriors of networks"
              + " that are trained on parts of the set (default: gradients)")
  private String exchange;

  @Option(
      names = "--spark",
      paramLabel = "MASTER",
      description =
          "have executors of Apache Spark compute the gradients of the shards: the address of a"
              + " cluster such as spark://HOST:7077, or local[*] (default: this program does)")
  private String master;

  /** Returns the number of shards; empty for whole batches. */
  Optional<Integer> shards() {
    if (shards != null && shards < 1) {
      throw new IllegalArgumentException("shards is " + shards + ", expected at least 1");
    }
    int count = shards != null ? shards : master == null ? 1 : ON_A_CLUSTER;
    return Optional.of(count).filter(several -> several > 1);
  }

  /** Returns what the shards exchange; empty for gradients. */
  Optional<String> exchange() {
    if (exchange == null) {
      return Optional.empty();
    }
    Exchange parsed = Exchange.parse(exchange);
    if (shards().isEmpty()) {
      throw new IllegalArgumentException(
          "exchange is " + parsed + ", but there is one shard, expected several: add --shards N");
    }
    return Optional.of(parsed.toString());
  }

  /** Opens the cluster, if there is to be one. */
  Optional<Cluster> cluster() {
    return Optional.ofNullable(master).map(Cluster::open);
  }
}

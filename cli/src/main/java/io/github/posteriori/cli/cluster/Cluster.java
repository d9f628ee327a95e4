package io.github.posteriori.cli.cluster;

import io.github.posteriori.cli.run.Exchanges;
import java.util.ServiceLoader;

/** A cluster that trains and scores in place of this machine. */
public interface Cluster extends Exchanges, AutoCloseable {

  /** Opens clusters; found through {@link ServiceLoader}. */
  interface Provider {
    /**
     * Opens a cluster.
     *
     * @param master its address, such as {@code spark://HOST:7077} or {@code local[*]}
     * @throws ClusterException when it does not answer
     */
    Cluster open(String master);
  }

  /**
   * Opens a cluster.
   *
   * @throws ClusterException when it does not answer, or nothing here can talk to one
   */
  static Cluster open(String master) {
    return ServiceLoader.load(Provider.class)
        .findFirst()
        .orElseThrow(
            () ->
                new ClusterException(
                    "Spark is not on the class path, expected its jars and those of cli-spark:"
                        + " start the program by bin/posteriori, which finds them"))
        .open(master);
  }

  /**
   * Scores rows and writes them with their predictions.
   *
   * @throws IllegalArgumentException when the rows do not fit the network
   * @throws ClusterException when a row cannot be scored and is not to be left out, or the cluster
   *     is lost
   */
  ScoredRows score(ScoringRequest request);

  @Override
  void close();
}

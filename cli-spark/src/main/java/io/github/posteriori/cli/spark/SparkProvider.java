package io.github.posteriori.cli.spark;

import io.github.posteriori.cli.cluster.Cluster;
import io.github.posteriori.cli.cluster.ClusterException;

/** Opens clusters of Apache Spark. */
public final class SparkProvider implements Cluster.Provider {

  /** Creates a provider, as ServiceLoader does. */
  public SparkProvider() {}

  @Override
  public Cluster open(String master) {
    try {
      return SparkCluster.open(master);
    } catch (NoClassDefFoundError e) {
      throw new ClusterException(
          "found no "
              + e.getMessage()
              + " on the class path, expected the jars of Spark 4 for Scala 2.13: set SPARK_HOME to"
              + " an unpacked one, and start the program by bin/posteriori",
          e);
    }
  }
}

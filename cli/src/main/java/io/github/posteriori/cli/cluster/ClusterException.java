package io.github.posteriori.cli.cluster;

/** A cluster cannot be used, or a job on it failed. */
public final class ClusterException extends RuntimeException {
  private static final long serialVersionUID = 1;

  ClusterException(String message) {
    super(message);
  }

  /** Creates an exception with the cluster's own as its cause. */
  public ClusterException(String message, Throwable cause) {
    super(message, cause);
  }
}

package io.github.posteriori.engine.vector;

import io.github.posteriori.engine.Network;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Function;

/**
 * The sessions of a network with blocks of one width, each of which one caller at a time uses. A
 * caller that finds the workers of the program busy does its work alone.
 */
final class Sessions {
  private final Network network;
  private final int width;
  private final Planner planner;
  private final Deque<Session> together = new ArrayDeque<>();
  private final Deque<Session> alone = new ArrayDeque<>();

  /**
   * Opens no session yet.
   *
   * @param width lanes of the widest blocks
   * @param planner chooses the algorithms of the layers
   */
  Sessions(Network network, int width, Planner planner) {
    this.network = network;
    this.width = width;
    this.planner = planner;
  }

  /** Lanes of the widest blocks. */
  int width() {
    return width;
  }

  /** Runs {@code work} in a session that nobody else uses meanwhile. */
  <R> R run(Function<Session, R> work) {
    boolean free = SharedWorkers.tryTake();
    try {
      Deque<Session> idle = free ? together : alone;
      Session session = idle(idle, free);
      R result = work.apply(session);
      synchronized (idle) {
        idle.push(session);
      }
      return result;
    } finally {
      if (free) {
        SharedWorkers.giveBack();
      }
    }
  }

  private Session idle(Deque<Session> idle, boolean free) {
    synchronized (idle) {
      Session session = idle.poll();
      if (session != null && (!free || session.uses(SharedWorkers.current()))) {
        return session;
      }
      idle.clear(); // of sessions whose workers were dismissed
    }
    return new Session(network, free ? SharedWorkers.current() : new Workers(1), width, planner);
  }
}

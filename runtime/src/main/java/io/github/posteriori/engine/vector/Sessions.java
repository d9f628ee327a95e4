package io.github.posteriori.engine.vector;

import io.github.posteriori.engine.Network;
import io.github.posteriori.engine.vector.kernel.Lanes;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.WeakHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * The sessions of all networks, and the workers of the whole program. A caller that finds the
 * workers busy with another's network does its work alone.
 */
final class Sessions {
  /** Posterior samples whose first layer is drawn at once. */
  static final int SAMPLES_TOGETHER = 8;

  /** Where lanes hold samples, about so many are run at once. */
  static final int LANES_TOGETHER = 16 * Lanes.FULL;

  private static final Map<Network, Sessions> ALL = new WeakHashMap<>();
  private static final ReentrantLock BUSY = new ReentrantLock();
  private static Workers shared = new Workers(Runtime.getRuntime().availableProcessors());

  private final Deque<Session> together = new ArrayDeque<>();
  private final Deque<Session> alone = new ArrayDeque<>();

  private Sessions() {}

  static void useThreads(int threads) {
    if (threads != workers().count()) {
      BUSY.lock(); // until whoever uses the old workers is done with them
      try {
        replaceWorkers(threads);
      } finally {
        BUSY.unlock();
      }
    }
  }

  private static synchronized void replaceWorkers(int threads) {
    shared.dismiss();
    shared = new Workers(threads);
    ALL.clear();
  }

  private static synchronized Workers workers() {
    return shared;
  }

  private static synchronized Sessions of(Network network) {
    return ALL.computeIfAbsent(network, n -> new Sessions());
  }

  /** Runs {@code work} in a session of {@code network} that nobody else uses meanwhile. */
  static <R> R with(Network network, Function<Session, R> work) {
    Sessions sessions = of(network);
    // A caller may come back in the middle of its own work, such as from an objective.
    boolean free = !BUSY.isHeldByCurrentThread() && BUSY.tryLock();
    try {
      Deque<Session> idle = free ? sessions.together : sessions.alone;
      Session session;
      synchronized (idle) {
        session = idle.poll();
      }
      if (session == null) {
        session = new Session(network, free ? workers() : new Workers(1));
      }
      R result = work.apply(session);
      synchronized (idle) {
        idle.push(session);
      }
      return result;
    } finally {
      if (free) {
        BUSY.unlock();
      }
    }
  }

  /** Runs {@code work} with the workers, when nobody else uses them. */
  static void withWorkers(Consumer<Workers> work) {
    BUSY.lock();
    try {
      work.accept(workers());
    } finally {
      BUSY.unlock();
    }
  }
}

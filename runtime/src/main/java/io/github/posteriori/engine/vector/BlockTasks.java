package io.github.posteriori.engine.vector;

import io.github.posteriori.engine.AllGather;
import java.util.ArrayList;
import java.util.List;

/**
 * Work of a traversal that each block does for itself. It is put off until the blocks have to meet,
 * and then done block after block, so that what one layer writes is still in the cache when the
 * next one reads it.
 */
final class BlockTasks {
  private final LaneBlock[] blocks;
  private final Workers workers;
  private final Workspaces[] workspaces;
  private final List<Task> tasks = new ArrayList<>();
  private final Workers.Job job = this::run;
  private AllGather shards;

  /** Work on one block. */
  @FunctionalInterface
  interface Task {
    void run(int block);
  }

  /**
   * Creates an empty list.
   *
   * @param workspaces of each worker
   */
  BlockTasks(LaneBlock[] blocks, Workers workers, Workspaces[] workspaces) {
    this.blocks = blocks;
    this.workers = workers;
    this.workspaces = workspaces;
  }

  /**
   * Begins a traversal: forgets what an earlier one left undone.
   *
   * @param shards exchanges numbers with the blocks of other shards
   */
  void start(AllGather shards) {
    this.shards = shards;
    tasks.clear();
  }

  /** Returns what exchanges numbers with the blocks of other shards. */
  AllGather shards() {
    return shards;
  }

  /** Puts off a task. */
  void add(Task task) {
    tasks.add(task);
  }

  /** Does all that was put off. */
  void run() {
    if (!tasks.isEmpty()) {
      workers.run(blocks.length, job);
      tasks.clear();
    }
  }

  private void run(int block, int worker) {
    blocks[block].use(workspaces[worker]);
    for (int i = 0; i < tasks.size(); i++) { // without an iterator to allocate
      tasks.get(i).run(block);
    }
  }
}

package io.github.posteriori.spark;

import io.github.posteriori.Scorer;
import io.github.posteriori.layers.Shape;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import org.apache.spark.SparkException;
import org.apache.spark.sql.Row;

/** The rows of a partition with their answers, as many at a time as one pass takes. */
final class ScoredRows implements Iterator<Row> {
  private final Iterator<Row> rows;
  private final ScoringTask task;
  private final Shape shape;
  private final Scorer scorer;
  private final Deque<Row> ready = new ArrayDeque<>();

  ScoredRows(Iterator<Row> rows, ScoringTask task, Shape shape, Scorer scorer) {
    this.rows = rows;
    this.task = task;
    this.shape = shape;
    this.scorer = scorer;
  }

  @Override
  public boolean hasNext() {
    while (ready.isEmpty() && rows.hasNext()) {
      scoreSome();
    }
    return !ready.isEmpty();
  }

  @Override
  public Row next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    return ready.remove();
  }

  /** The columns of a row, and its example or why it has none. */
  private record Given(Object[] columns, float[] example, String error) {}

  private void scoreSome() {
    List<Given> some = new ArrayList<>();
    List<float[]> examples = new ArrayList<>();
    while (examples.size() < scorer.batch() && some.size() < 2 * scorer.batch() && rows.hasNext()) {
      Given given = given(rows.next());
      some.add(given);
      if (given.error == null) {
        examples.add(given.example);
      }
    }
    Iterator<Answer> answers = answers(examples).iterator();
    for (Given given : some) {
      Answer answer = given.error == null ? answers.next() : new Answer(null, given.error);
      emit(given.columns, answer);
    }
  }

  private Given given(Row row) {
    try {
      Object value = row.get(task.column());
      if (value == null) {
        throw new InvalidRowException("features is null, expected an example");
      }
      float[] example = task.type().read(value, shape);
      scorer.require(example);
      return new Given(task.columns(row, example), example, null);
    } catch (InvalidRowException | IllegalArgumentException e) {
      return new Given(task.columns(row, null), null, e.getMessage());
    }
  }

  /** What the columns hold, or why there is nothing. */
  private record Answer(Object[] values, String error) {}

  /** Answers all; where they fail together, each alone, so that one does not spoil the others. */
  private List<Answer> answers(List<float[]> examples) {
    List<Answer> answers = new ArrayList<>();
    if (examples.isEmpty()) {
      return answers;
    }
    try {
      for (Object[] values : task.answers().of(scorer, examples)) {
        answers.add(new Answer(values, null));
      }
    } catch (IllegalArgumentException e) {
      if (examples.size() == 1) {
        return List.of(new Answer(null, e.getMessage()));
      }
      examples.forEach(example -> answers.addAll(answers(List.of(example))));
    }
    return answers;
  }

  private void emit(Object[] columns, Answer answer) {
    if (answer.error != null) {
      if (task.handling() == HandleInvalid.SKIP) {
        return;
      }
      if (task.handling() == HandleInvalid.ERROR) {
        throw ScoredRows.<RuntimeException>unchecked(
            new SparkException(
                answer.error
                    + " (setHandleInvalid(\"skip\") leaves such rows out, \"keep\" keeps them"
                    + " without a prediction)"));
      }
    }
    ready.add(task.scored(columns, answer.values, answer.error));
  }

  @SuppressWarnings("unchecked")
  private static <T extends Throwable> T unchecked(Throwable thrown) throws T {
    throw (T) thrown;
  }
}

package io.github.posteriori.cli.serve;

import io.github.posteriori.BayesModule;
import io.github.posteriori.PredictiveSamples;
import io.github.posteriori.cli.predict.Predicted;
import io.github.posteriori.likelihood.TargetKind;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** What a network says of one example, ready to be told. */
interface Told {

  /**
   * Returns what is written as JSON.
   *
   * @param threshold lowest probability of a class that is not refused; empty where all are
   * @param hint what may be wrong with the example; null where nothing is
   */
  Object answer(OptionalDouble threshold, String hint);

  /**
   * Asks a network about several examples, each as if it were alone.
   *
   * @param examples their numbers, one after the other
   */
  static List<Told> ask(BayesModule module, float[] examples, int count, int samples) {
    int size = examples.length / count;
    List<INDArray> each =
        IntStream.range(0, count)
            .mapToObj(i -> Arrays.copyOfRange(examples, i * size, (i + 1) * size))
            .map(one -> Nd4j.create(one, module.inputShape().batch(1), 'c'))
            .toList();
    if (module.likelihood().kind() != TargetKind.CLASSES) {
      return each.stream().map(one -> numbers(module, one, samples)).toList();
    }
    long[] shape = module.inputShape().batch(count);
    List<PredictiveSamples> drawn = module.sample(Nd4j.create(examples, shape, 'c'), samples);
    return IntStream.range(0, count)
        .mapToObj(i -> classes(module, each.get(i), drawn.get(i)))
        .toList();
  }

  private static Told classes(BayesModule module, INDArray one, PredictiveSamples samples) {
    return (threshold, hint) -> ServedAnswer.of(module, one, samples, threshold, hint);
  }

  /** Tells one number as {@code predict} does, several as a list of such. */
  private static Told numbers(BayesModule module, INDArray one, int samples) {
    List<? extends Predicted> predicted = Predicted.of(module, one, samples);
    return (threshold, hint) -> {
      if (predicted.size() == 1 && hint == null) {
        return predicted.get(0);
      }
      Map<String, Object> answer = new LinkedHashMap<>();
      answer.put("predictions", predicted);
      if (hint != null) {
        answer.put("hint", hint);
      }
      return answer;
    };
  }
}

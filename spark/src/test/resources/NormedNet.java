import io.github.posteriori.Layer;
import io.github.posteriori.annotations.*;

/** A small network that normalises over batches. */
@BayesModel(features = Dim.FREE, estimator = Estimator.LRT)
class NormedNet {
  @BayesLinear(out = 8, bias = false)
  Layer hidden;

  @BatchNorm Layer norm;

  @Activate(Activation.SOFTPLUS)
  Layer act;

  @BayesLinear(out = Dim.FREE)
  Layer classes;
}

import io.github.posteriori.annotations.*;
import io.github.posteriori.Layer;

@BayesModel(features = Dim.FREE)
class TinyNet {
  @BayesLinear(out = 8)
  Layer fc1;

  @Activate Layer act1;

  @BayesLinear(out = Dim.FREE)
  Layer fc2;
}

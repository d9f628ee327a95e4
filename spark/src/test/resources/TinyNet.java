import io.github.posteriori.Layer;
import io.github.posteriori.annotations.*;

@BayesModel(features = Dim.FREE)
class TinyNet {
  @BayesLinear(out = 8)
  Layer fc1;

  @Activate Layer act1;

  @BayesLinear(out = Dim.FREE)
  Layer fc2;
}

import static io.github.posteriori.annotations.Activation.RELU;

import io.github.posteriori.Layer;
import io.github.posteriori.annotations.Activate;
import io.github.posteriori.annotations.BayesModel;
import io.github.posteriori.annotations.Conv;
import io.github.posteriori.annotations.Dim;
import io.github.posteriori.annotations.Dropout;
import io.github.posteriori.annotations.Flatten;
import io.github.posteriori.annotations.Linear;
import io.github.posteriori.annotations.MaxPool;

/** LeNet with dropout between its linear layers, for Monte Carlo dropout in results.sh. */
@BayesModel(channels = Dim.FREE, height = 32, width = 32, activation = RELU)
class DropoutLeNet {
  @Conv(out = 6, kernel = 5)
  Layer conv1;

  @Activate Layer act1;

  @MaxPool(kernel = 2, stride = 2)
  Layer pool1;

  @Conv(out = 16, kernel = 5)
  Layer conv2;

  @Activate Layer act2;

  @MaxPool(kernel = 2, stride = 2)
  Layer pool2;

  @Flatten Layer flatten;

  @Linear(out = 120)
  Layer fc1;

  @Activate Layer act3;

  @Dropout(0.25)
  Layer drop1;

  @Linear(out = 84)
  Layer fc2;

  @Activate Layer act4;

  @Dropout(0.25)
  Layer drop2;

  @Linear(out = Dim.FREE)
  Layer fc3;
}

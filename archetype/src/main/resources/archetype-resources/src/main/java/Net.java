package ${package};

import static io.github.posteriori.annotations.Activation.RELU;

import io.github.posteriori.*;
import io.github.posteriori.annotations.*;

/** The network: fields are layers, in the order of data flow. The compiler generates NetModule. */
@BayesModel(channels = 1, height = 32, width = 32)
class Net {
    @BayesConv(out = 16, kernel = 4, stride = 2, padding = 1)  Layer conv1;
    @Activate(RELU)                                            Layer act1;
    @BayesConv(out = 32, kernel = 3, padding = 1)              Layer conv2;
    @Activate(RELU)                                            Layer act2;
    @MaxPool(kernel = 2)                                       Layer pool2;
    @Flatten                                                   Layer flatten;
    @BayesLinear(out = 10)                                     Layer fc;
}

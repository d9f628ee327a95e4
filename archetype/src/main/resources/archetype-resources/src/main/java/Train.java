package ${package};

import io.github.posteriori.*;
import io.github.posteriori.data.*;
import io.github.posteriori.train.*;
import io.github.posteriori.uncertainty.*;
import java.nio.file.Path;

/** Trains the network on digits that are drawn here, and asks how sure it is of digits and of letters. */
class Train {
    public static void main(String[] args) {
        NetModule net = train(Digits.digits(10_000, 1), 3);

        System.out.printf("accuracy %.3f%n", new Evaluator(net, 10, 256).evaluate(Digits.digits(2_000, 2)).accuracy());
        System.out.printf("entropy of digits %.3f nats, of letters %.3f nats%n",
            entropy(net, Digits.digits(1_000, 3)), entropy(net, Digits.letters(1_000, 3)));
        net.save(Path.of("net.safetensors"));
    }

    static NetModule train(Dataset images, int epochs) {
        Split digits = images.split(0.1, 1);
        NetModule net = NetModule.create(ModuleOptions.defaults().withSeed(7));
        TrainingOptions options = TrainingOptions.defaults()
            .withEpochs(epochs)
            .withBatch(64)
            .withBeta(new Beta.Constant(0.1));
        Trainer.of(net, options).listen(new Progress()).fit(digits.train(), digits.valid());
        return net;
    }

    static double entropy(NetModule net, Dataset images) {
        return new Evaluator(net, 25, 256).uncertainty(images).get(Normalisation.SOFTMAX).entropy();
    }

    private static class Progress implements TrainingListener {
        @Override
        public void epochDone(EpochReport report) {
            System.out.printf("epoch %d: validation accuracy %.3f, KL %.0f nats%n",
                report.epoch(), report.valid().orElseThrow().accuracy(), report.kl());
        }
    }
}

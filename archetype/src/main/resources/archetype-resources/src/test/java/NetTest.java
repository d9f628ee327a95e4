package ${package};

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.posteriori.data.Digits;
import org.junit.jupiter.api.Test;

class NetTest {
    @Test
    void isLessSureOfLettersThanOfDigits() {
        NetModule net = Train.train(Digits.digits(2_000, 1), 1);

        assertTrue(Train.entropy(net, Digits.letters(200, 3)) > Train.entropy(net, Digits.digits(200, 3)));
    }
}

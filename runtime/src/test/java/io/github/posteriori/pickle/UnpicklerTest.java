package io.github.posteriori.pickle;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.posteriori.pickle.PickleValue.Bytes;
import io.github.posteriori.pickle.PickleValue.Constant;
import io.github.posteriori.pickle.PickleValue.Dictionary;
import io.github.posteriori.pickle.PickleValue.Real;
import io.github.posteriori.pickle.PickleValue.Sequence;
import io.github.posteriori.pickle.PickleValue.Text;
import io.github.posteriori.pickle.PickleValue.Whole;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Pickles as strings of which each character is a byte. */
class UnpicklerTest {
  private static PickleValue read(String pickle) {
    byte[] bytes = pickle.getBytes(StandardCharsets.ISO_8859_1);
    return new Unpickler(Vocabulary.PLAIN).read(ByteBuffer.wrap(bytes));
  }

  private static Object plain(PickleValue value) {
    if (value instanceof Text text) {
      return text.text();
    }
    if (value instanceof Bytes bytes) {
      return bytes.text().text();
    }
    if (value instanceof Whole whole) {
      return whole.number();
    }
    if (value instanceof Real real) {
      return real.number();
    }
    return value instanceof Sequence sequence
        ? sequence.items().stream().map(UnpicklerTest::plain).toList()
        : value;
  }

  private static BigInteger whole(String digits) {
    return new BigInteger(digits);
  }

  /** {'a': [1, 2.5, True, None, 'b\n', b'c'], 'd': (-3, 2 ** 70)}, as the protocols write it. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        // 0, by Python 2: everything is text.
        "(dp0\nS'a'\np1\n(lp2\nI1\naF2.5\naI01\naNaS'b\\n'\np3\naS\"c\"\np4\nasS'd'\np5\n"
            + "(I-3\nL1180591620717411303424L\ntp6\ns.",
        // 0, by Python 3: strings are Unicode.
        "(dp0\nVa\np1\n(lp2\nI1\naF2.5\naI01\naNaVb\\u000a\np3\nac_codecs\nencode\n"
            + "(Vc\nVlatin1\ntR\nasVd\np5\n(I-3\nL1180591620717411303424L\ntp6\ns.",
        // 1 and 2, by Python 2.
        "\u0080\u0002}q\0(U\u0001aq\u0001]q\u0002(K\u0001G@\u0004\0\0\0\0\0\0\u0088NU\u0002b\n"
            + "U\u0001ceU\u0001dJ\u00fd\u00ff\u00ff\u00ff\u008a\u0009\0\0\0\0\0\0\0\0@\u0086u.",
        // 3, by Python 3.
        "\u0080\u0003}q\0(X\u0001\0\0\0aq\u0001]q\u0002(K\u0001G@\u0004\0\0\0\0\0\0\u0088N"
            + "X\u0002\0\0\0b\nC\u0001ceX\u0001\0\0\0dJ\u00fd\u00ff\u00ff\u00ff"
            + "\u008b\u0009\0\0\0\0\0\0\0\0\0\0\0@\u0086u.",
        // 4 and 5: frames, MEMOIZE, strings of every length.
        "\u0080\u0005\u0095\u00ff\0\0\0\0\0\0\0}\u0094(\u008c\u0001a\u0094]\u0094(K\u0001"
            + "G@\u0004\0\0\0\0\0\0\u0088N\u008d\u0002\0\0\0\0\0\0\0b\n\u008e\u0001\0\0\0\0\0\0\0c"
            + "eX\u0001\0\0\0dJ\u00fd\u00ff\u00ff\u00ff\u008a\u0009\0\0\0\0\0\0\0\0@\u0086u."
      })
  void readsTheSameFromEveryProtocol(String pickle) {
    Dictionary read = assertInstanceOf(Dictionary.class, read(withoutTheNewline(pickle)));
    assertEquals(List.of("a", "d"), List.copyOf(read.entries().keySet()));
    assertEquals(
        List.of(whole("1"), 2.5, Constant.TRUE, Constant.NONE, "b\n", "c"),
        plain(read.entries().get("a")));
    assertEquals(
        List.of(whole("-3"), whole("1180591620717411303424")), plain(read.entries().get("d")));
  }

  /** Behind a tuple that an instruction has made there is no newline. */
  private static String withoutTheNewline(String pickle) {
    return pickle.replace("tR\n", "tR");
  }

  @ParameterizedTest
  @CsvSource({
    "S'\\x41\\t\\\\\\'\"', 'A\t\\''\"'",
    "S\"it's\", it's",
    "S'\\q\\x7e', \\q~",
    "V\\u00e4\\U0001F600\\n, 'ä\uD83D\uDE00\\n'",
  })
  void readsTheEscapesOfProtocol0(String instruction, String expected) {
    assertEquals(expected, plain(read(instruction + "\n.")));
  }

  @ParameterizedTest
  @CsvSource({"Finf, Infinity", "F-inf, -Infinity", "Fnan, NaN", "F1e-05, 1e-5"})
  void readsTheFloatsOfProtocol0(String instruction, double expected) {
    assertEquals(expected, plain(read(instruction + "\n.")));
  }

  @Test
  void readsTheOtherInstructionsOfProtocol0() {
    assertEquals(List.of("a", "a"), plain(read("(S'a'\np7\ng7\nN0(NN1t.")));
    assertEquals(List.of("a", "a"), plain(read("(S'a'\n2t.")));
    assertEquals(List.of(), plain(read("((0t.")));
  }

  @Test
  void readsSetsAndOtherDataOfPython() {
    assertEquals(List.of("a"), plain(read("\u0080\u0004\u008f(\u008c\u0001a\u0090.")));
    assertEquals(List.of("a"), plain(read("\u0080\u0004(\u008c\u0001a\u0091.")));
    assertEquals(List.of("a"), plain(read("c__builtin__\nset\n((lS'a'\natR.")));
    assertEquals(List.of("a"), plain(read("cbuiltins\nfrozenset\n((lS'a'\natR.")));
    assertEquals("", plain(read("c__builtin__\nbytes\n)R.")));
    assertEquals("ab", plain(read("\u0080\u0005\u0096\u0002\0\0\0\0\0\0\0ab.")));
    assertEquals("\u00e9", plain(read("cbuiltins\nbytearray\n(V\u00e9\nVlatin-1\ntR.")));
    assertEquals("a complex number", read("cbuiltins\ncomplex\n(F1.0\nF2.0\ntR.").kind());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ccollections\nOrderedDict\n)R(VA\nI1\nu.",
        "ccollections\nOrderedDict\n((l(lVA\naI1\naatR.",
        "ccollections\nCounter\n((dVA\nI1\nstR.",
        "ccollections\ndefaultdict\n(c__builtin__\nlong\ntR(VA\nI1\nu.",
        "ccollections\ndefaultdict\n(NtR(VA\nI1\nu.",
        "cown.package\nState\n)R(VA\nI1\nu}b.",
        "cown.package\nState\n)\u0081(VA\nI1\nu."
      })
  void readsEveryKindOfDictionary(String pickle) {
    Dictionary read = assertInstanceOf(Dictionary.class, read(pickle));
    assertEquals("[A]", read.entries().keySet().toString());
    assertEquals(whole("1"), plain(read.entries().get("A")));
  }

  @Test
  void countsEntriesWhoseKeysAreNoStrings() {
    Dictionary read = (Dictionary) read("(dI0\nNs(tNsVa\nNs.");
    assertEquals(2, read.others());
    assertEquals("[a]", read.entries().keySet().toString());
  }

  /** An array by the function that older protocols call, then filled. */
  private static String array(String module, String code, String order, String fortran) {
    return "c"
        + module
        + ".multiarray\n"
        + "_reconstruct\n"
        + "(cnumpy\n"
        + "ndarray\n"
        + "(I0\n"
        + "tVb\n"
        + "tR(I1\n"
        + "(I2\n"
        + "I1\n"
        + "tcnumpy\n"
        + "dtype\n"
        + "(V"
        + code
        + "\nI0\nI1\ntR(I3\nV"
        + order
        + "\nNNNI-1\nI-1\nI0\ntb"
        + fortran;
  }

  @ParameterizedTest
  @ValueSource(strings = {"numpy.core", "numpy._core"})
  void readsArraysOfNumPy(String module) {
    NumpyArray array =
        (NumpyArray) read(array(module, "i2", ">", "I00\n") + "U\u0004\0\1\u0001\2tb.");
    assertEquals(List.of(2L, 1L), array.shape());
    assertEquals("i2", array.type().code());
    assertEquals(false, array.isColumnMajor());
    ByteBuffer numbers = array.numbers();
    assertEquals(ByteOrder.BIG_ENDIAN, numbers.order());
    assertEquals(1, numbers.getShort());
    assertEquals(258, numbers.getShort());
    assertTrue(((NumpyArray) read(array(module, "u1", "|", "I01\n") + "U\2abtb.")).isColumnMajor());
  }

  @Test
  void readsArraysOfNumPyAsProtocol5WritesThem() {
    NumpyArray array =
        (NumpyArray)
            read(
                "\u0080\u0005cnumpy._core.numeric\n"
                    + "_frombuffer\n"
                    + "(\u0096\u0003\0\0\0\0\0\0\0abccnumpy\n"
                    + "dtype\n"
                    + "\u008c\u0002u1\u0089\u0088\u0087R(K\u0003\u008c\u0001|NNNJ\u00ff\u00ff"
                    + "\u00ff\u00ffJ\u00ff\u00ff\u00ff\u00ffK\0tbK\u0003\u0085\u008c\u0001CtR.");
    byte[] bytes = new byte[3];
    array.numbers().get(bytes);
    assertArrayEquals(new byte[] {'a', 'b', 'c'}, bytes);
  }

  @Test
  void readsNumbersOfNumPy() {
    String scalar = "cnumpy.core.multiarray\nscalar\n(cnumpy\ndtype\n(Vf8\nI0\nI1\ntRC\u0001atR.";
    assertEquals("a NumPy number", read(scalar).kind());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "S'a\n.",
        "Sa\n.",
        "S'\\x4'\n.",
        "V\\u12\n.",
        "V\\UFFFFFFFF\n.",
        "Ione\n.",
        "L\n.",
        "Fone\n.",
        "I1\np-1\n.",
        "I1\np99999999999\n.",
        "T\u00ff\u00ff\u00ff\u00ffa.",
        "\u008b\u00ff\u00ff\u00ff\u00ffa.",
        "\u008e\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff\u007fa.",
        "c_codecs\nencode\n(Va\nVutf7\ntR.",
        "ccollections\nOrderedDict\n((l(lVA\naatR.",
        "ccollections\nCounter\n(I1\ntR.",
        "cnumpy\ndtype\n(Vu1\ntRNb.",
        "S'a'\n}b.",
        "0.",
        "1."
      })
  void refusesWhatNoPythonWrites(String pickle) {
    assertThrows(PickleException.class, () -> read(pickle));
  }

  @Test
  void refusesAnArrayWhoseBytesAreNotThose() {
    String start = array("numpy.core", "u1", "|", "I00\n");
    assertThrows(PickleException.class, () -> ((NumpyArray) read(start + "U\1atb.")).numbers());
    assertThrows(PickleException.class, () -> ((NumpyArray) read(start + "(ltb.")).numbers());
    String objects = array("numpy.core", "O8", "|", "I00\n");
    assertThrows(PickleException.class, () -> ((NumpyArray) read(objects + "(ltb.")).numbers());
  }

  @ParameterizedTest
  @CsvSource({
    "'cos\nsystem\n(S''ls''\ntR.', os.system",
    "'(S''ls''\nios\nsystem\n.', os.system",
    "'cown\nState\n.', own.State",
    "'Pid\n.', instruction 0x50",
    "'\u0082\u0001.', instruction 0x82",
    "'\u0097.', instruction 0x97",
    "'(I1\ntQ.', outside the pickle"
  })
  void refusesWhatCouldRunCode(String pickle, String named) {
    PickleException refusal = assertThrows(PickleException.class, () -> read(pickle));
    assertTrue(refusal.isForbidden());
    assertTrue(refusal.found().contains(named), refusal.found());
  }
}

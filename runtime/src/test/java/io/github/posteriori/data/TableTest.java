package io.github.posteriori.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.posteriori.layers.Shape;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TableTest {
  @TempDir private Path folder;

  @Test
  void numbersAreFeaturesAndWordsAreOneFeatureEach() throws IOException {
    Table table =
        read("width,colour,kind\n1.5,red,b\n-2e3,blue,a\n+7,red,a\n", new TableColumns("kind"));

    assertEquals(Shape.features(3), table.shape());
    assertEquals(List.of("a", "b"), table.classNames());
    assertEquals(3, table.size());
    assertArrayEquals(new float[] {1.5f, 0, 1}, row(table, 0));
    assertArrayEquals(new float[] {-2000, 1, 0}, row(table, 1));
    assertEquals(1, table.label(0));
    assertEquals(0, table.label(2));
  }

  @ParameterizedTest
  @ValueSource(strings = {",", ";", "\t"})
  void readsWhatSpreadsheetsWrite(String separator) throws IOException {
    String text =
        "\ufeff\"a name, with; both\"|kind\r\n\r\n\" 1 \"|\"say \"\"so\"\"\"\r\n2|\"two\nlines\"\r\n\r\n"
            .replace("|", separator);

    Table table = read(text, new TableColumns("kind"));

    assertEquals(List.of("say \"so\"", "two\nlines"), table.classNames());
    assertEquals("a name, with; both", table.schema().features().get(0).name());
    assertArrayEquals(new float[] {1}, row(table, 0));
  }

  @Test
  void aDecimalCommaIsReadWhereCommasDoNotSeparate() throws IOException {
    assertArrayEquals(
        new float[] {1.25f}, row(read("x;kind\n1,25;a\n2,5;b\n", new TableColumns("kind")), 0));
  }

  @ParameterizedTest
  @ValueSource(strings = {"UTF-8", "UTF-16LE", "UTF-16BE"})
  void readsWhatTheByteOrderMarkSays(String charset) throws IOException {
    byte[] bytes = "\ufeffx,kind\n1,grün\n2,ä\n".getBytes(Charset.forName(charset));
    Path file = Files.write(folder.resolve("x.csv"), bytes);
    assertEquals(List.of("grün", "ä"), Table.read(file, new TableColumns("kind")).classNames());
  }

  @Test
  void rowsWithHolesAreLeftOutAndNamedByLineAndColumn() throws IOException {
    Table table =
        read(
            "x,colour,kind\n1,red,a\n,red,b\n2,,a\nNA,red,b\n3,red,\n4,red,b\n",
            new TableColumns("kind"));

    assertEquals(2, table.size());
    assertEquals(4, table.skipped().size());
    assertTrue(
        table
            .skipped()
            .get(0)
            .endsWith(
                "t.csv, line 3, column 'x': found nothing, expected a number. Fill it in, or remove"
                    + " the row."),
        table.skipped().get(0));
    assertTrue(table.skipped().get(1).contains("line 4, column 'colour'"));
    assertTrue(table.skipped().get(2).contains("line 5, column 'x'"));
    assertTrue(table.skipped().get(3).contains("line 6, column 'kind'"));
  }

  @Test
  void columnsThatSayNothingAreLeftOutAndNamed() throws IOException {
    Table table = read(",x,empty,kind\n0,1,,a\n1,2,,b\n", new TableColumns("kind"));
    assertEquals(Shape.features(1), table.shape());
    assertEquals(
        "{column 1=it has no name, column 'empty'=it is empty}", table.leftOut().toString());
    Table less =
        read("id,x,kind\na1,1,a\na2,2,b\n", new TableColumns("kind", List.of("id"), false));
    assertEquals(Shape.features(1), less.shape());
  }

  @Test
  void numbersInTheTargetAreRegressedInTheirUnits() throws IOException {
    Table table =
        read(
            "rent [EUR],x,price [EUR]\n700,1,234567\n-1.5e2,2,\n0,3,198000.5\n",
            new TableColumns("price [EUR]"));

    assertEquals(List.of("price [EUR]"), table.targetNames());
    assertEquals(Shape.features(2), table.shape());
    assertEquals(0, table.classes());
    assertArrayEquals(new float[] {198000.5f, 234567}, values(table, 1, 0));
    assertTrue(table.skipped().get(0).contains("line 3, column 'price [EUR]': found nothing"));
    assertThrows(IllegalStateException.class, () -> table.label(0));
  }

  @Test
  void severalTargetsStandInTheOrderInWhichTheyAreNamed() throws IOException {
    String text = "a,x,\"b,c\"\n1,2,3\n4,5,6\n";

    Table table = read(text, new TableColumns("b,c, a"));

    assertEquals(List.of("b,c", "a"), table.targetNames());
    assertArrayEquals(new float[] {3, 1, 6, 4}, values(table, 0, 1));
    assertEquals(Shape.features(1), table.shape());
    Split split = table.split(0.5, 1);
    assertEquals(table.targetNames(), split.train().targetNames());
    assertEquals(2, split.valid().targets(0).count() * table.targetNames().size());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "x,y/1,2/2,3/3,low|y|line 4, column 'y': found 'low' in a column of numbers",
        "x,y/1,2/2,1e99/3,4|y|",
        "x,y,z/1,2,a/2,3,b|y,z|column 'z': found words, such as 'a', expected numbers",
        "x,y,z/1,2,/2,3,|y,z|column 'z': found no number, expected numbers",
        "x,y/1,2|y,w|found no column 'w', which is the target",
      })
  void aTargetThatIsNoNumberIsRefusedAndAnInfiniteOneLeftOut(
      String text, String target, String expected) throws IOException {
    if (expected == null) {
      Table table = read(text.replace('/', '\n'), new TableColumns(target));
      assertEquals(2, table.size());
      assertTrue(table.skipped().get(0).contains("line 3, column 'y': found '1e99'"));
    } else {
      assertRefused(expected, text.replace('/', '\n'), new TableColumns(target));
    }
  }

  private static float[] values(Dataset set, int... indices) {
    return ((Targets.Values) set.targets(indices)).values();
  }

  @Test
  void numbersInTheTargetAreClassesWhereSomeoneSaysSo() throws IOException {
    String text = "x,survived\n1,10\n2,9\n3,10\n";
    assertEquals(List.of("survived"), read(text, new TableColumns("survived")).targetNames());
    Table table = read(text, new TableColumns("survived", List.of(), true));
    assertEquals(List.of("9", "10"), table.classNames());
    assertEquals(1, table.label(2));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "x,kind/1,a/2,b,c|line 3: found 3 cells, expected 2 as in the header",
        "x,kind/1,a/2|line 3: found 1 cells, expected 2 as in the header",
        "x,x,kind/1,2,a|found two columns with the name 'x', 1 and 2, expected names that differ",
        "x,kind/1,a/2,b/two,a|line 4, column 'x': found 'two' in a column of numbers",
        "x,kind/1,a/2,\"b|line 3: found quotes that are not closed up to the end of the file",
        "x,kind|found a header and no row",
        "kind/a/b|found no column beside the target 'kind'",
        "x,type/1,a|found no column 'kind', which is the target, expected one of [x, type]",
        "x,kind/,a|found no column beside the target",
        "x,kind/1,|column 'kind': found no word, expected the class of each row",
      })
  void aTableThatIsNoneIsRefusedWhereItIsNone(String text, String expected) throws IOException {
    assertRefused(expected, text.replace('/', '\n'), new TableColumns("kind"));
  }

  @Test
  void aColumnOfNamesIsNoFeatureAndNoTarget() throws IOException {
    String rows =
        IntStream.range(0, 30)
            .mapToObj(i -> "n" + i + "," + i + ",k" + i % 2 + "\n")
            .collect(Collectors.joining());
    assertRefused(
        "column 'name': found 30 different words in 30 rows, expected numbers, or at most 100 words"
            + " that repeat, each of which is a feature. Leave the column out with --ignore name.",
        "name,x,kind\n" + rows,
        new TableColumns("kind"));
    assertRefused(
        "column 'name': found 30 different words in 30 rows, expected classes, which repeat.",
        "name,x,kind\n" + rows,
        new TableColumns("name"));
  }

  @Test
  void textInAnotherEncodingIsRefused() throws IOException {
    Path file =
        Files.write(
            folder.resolve("t.csv"), "x,kind\n1,grün\n".getBytes(StandardCharsets.ISO_8859_1));
    var e = assertThrows(DataException.class, () -> Table.read(file, new TableColumns("kind")));
    assertTrue(
        e.getMessage().contains("line 2, column 'kind': found letters that are no UTF-8"),
        e.getMessage());
  }

  @Test
  void anotherTableIsReadAlikeWhateverTheOrderOfItsColumns() throws IOException {
    TableSchema schema =
        read("x,colour,kind\n1,red,a\n2,blue,b\n", new TableColumns("kind")).schema();
    Path other = Files.writeString(folder.resolve("o.csv"), "kind,colour,more,x\nb,red,?,5\n");

    Table read = Table.read(other, schema);

    assertArrayEquals(new float[] {5, 0, 1}, row(read, 0));
    assertEquals(1, read.label(0));
    Path unknown = Files.writeString(folder.resolve("u.csv"), "kind,colour,x\nc,red,5\n");
    var e = assertThrows(DataException.class, () -> Table.read(unknown, schema));
    assertTrue(
        e.getMessage().contains("line 2, column 'kind': found the class 'c', which the network"),
        e.getMessage());
  }

  @Test
  void rowsNeedNoTargetToBeAskedAndOneThatCannotBeReadIsNamed() throws IOException {
    TableSchema schema =
        read("x,colour,kind\n1,red,a\n2,blue,b\n", new TableColumns("kind")).schema();
    Path other =
        Files.writeString(folder.resolve("o.csv"), "x,colour\n5,red\n,blue\n6,green\nsix,blue\n");

    List<Table.Asked> asked = Table.ask(other, schema);

    assertEquals(4, asked.size());
    Table.Asked.Row first = (Table.Asked.Row) asked.get(0);
    assertEquals(2, first.line());
    assertArrayEquals(new float[] {5, 0, 1}, first.features());
    assertUnreadable("line 3, column 'x': found nothing", asked.get(1));
    assertUnreadable("line 4, column 'colour': found the word 'green'", asked.get(2));
    assertUnreadable("line 5, column 'x': found 'six'", asked.get(3));
  }

  private static void assertUnreadable(String expected, Table.Asked asked) {
    String reason = ((Table.Asked.Unreadable) asked).reason();
    assertTrue(reason.contains(expected), reason);
  }

  private void assertRefused(String expected, String text, TableColumns columns) {
    var e = assertThrows(DataException.class, () -> read(text, columns));
    assertTrue(e.getMessage().contains(expected), e.getMessage());
  }

  private Table read(String text, TableColumns columns) throws IOException {
    return Table.read(Files.writeString(folder.resolve("t.csv"), text), columns);
  }

  private static float[] row(Dataset set, int index) {
    float[] row = new float[set.shape().size()];
    set.image(index, row, 0);
    return row;
  }
}

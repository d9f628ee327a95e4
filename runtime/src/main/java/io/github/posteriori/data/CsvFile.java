package io.github.posteriori.data;

import de.siegmar.fastcsv.reader.AbstractBaseCsvCallbackHandler;
import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * A file of comma-separated values with a header (RFC 4180), also one of semicolons or tabs, in
 * UTF-8 or what its byte order mark says. Blank lines are passed over, blanks around cells do not
 * count.
 *
 * @param header the names of the columns, some of which may be blank
 */
record CsvFile(Path file, char separator, List<String> header) {
  private static final char[] SEPARATORS = {',', ';', '\t'};
  private static final char UNREADABLE = '\ufffd';

  /**
   * A row below the header, with as many cells as that has.
   *
   * @param line in which it starts, from 1
   */
  record Row(long line, List<String> cells) {}

  static boolean isOne(Path file) {
    String name = FileNames.of(file).toLowerCase(Locale.ROOT);
    return name.endsWith(".csv") || name.endsWith(".tsv");
  }

  /**
   * Opens a file and reads its header.
   *
   * @throws DataException if it cannot be read, is empty, or its columns have equal names
   */
  static CsvFile open(Path file) {
    if (!Files.isRegularFile(file)) {
      throw DataException.of(
          file,
          Files.isDirectory(file) ? "a folder" : "no such file",
          "a file of comma-separated values",
          "Check the path.");
    }
    char separator = ',';
    List<String> header = List.of();
    for (char tried : SEPARATORS) {
      List<String> cells = first(file, tried);
      if (cells.size() > header.size()) {
        header = cells;
        separator = tried;
      }
    }
    CsvFile opened = new CsvFile(file, separator, header);
    opened.requireColumns();
    return opened;
  }

  private static List<String> first(Path file, char separator) {
    CsvFile unknown = new CsvFile(file, separator, List.of());
    try (CsvReader<Row> reader = unknown.reader(new Cells());
        Stream<Row> records = reader.stream()) {
      return records.findFirst().map(Row::cells).orElse(List.of());
    } catch (IOException | UncheckedIOException e) {
      throw unknown.unreadable(e);
    } catch (CsvParseException e) {
      return List.of(); // With another separator quotes may be where they should.
    }
  }

  private void requireColumns() {
    if (header.stream().allMatch(String::isEmpty)) {
      throw DataException.of(
          file,
          "no header",
          "the names of the columns in the first line",
          "Look whether it is a file of comma-separated values, in UTF-8.");
    }
    for (int i = 0; i < header.size(); i++) {
      String name = header.get(i);
      if (!name.isEmpty() && header.indexOf(name) < i) {
        throw DataException.of(
            file,
            "two columns with the name '"
                + name
                + "', "
                + (header.indexOf(name) + 1)
                + " and "
                + (i + 1),
            "names that differ",
            "Rename one of them.");
      }
    }
  }

  /**
   * Reads all rows below the header.
   *
   * @throws DataException if one has more or fewer cells than the header, its quotes are not
   *     closed, or it is no text
   */
  void forEach(Consumer<Row> action) {
    Cells cells = new Cells();
    try (CsvReader<Row> reader = reader(cells);
        Stream<Row> records = reader.stream()) {
      records.skip(1).map(this::sound).forEach(action);
      if (cells.lastIsQuoted && !endsWithQuote()) {
        throw DataException.of(
            at(cells.lastLine),
            "quotes that are not closed up to the end of the file",
            "quotes in pairs, doubled within a cell",
            "Correct the line.");
      }
    } catch (CsvParseException e) {
      throw DataException.of(
          file,
          "a cell that does not end (" + e.getMessage() + ")",
          "quotes that are closed, and doubled within a cell",
          "Correct the line.",
          e);
    } catch (IOException | UncheckedIOException e) {
      throw unreadable(e);
    }
  }

  private Row sound(Row row) {
    List<String> cells = row.cells();
    long line = row.line();
    if (cells.size() != header.size()) {
      throw DataException.of(
          at(line),
          cells.size() + " cells",
          header.size() + " as in the header",
          "Correct the line: a cell with a separator stands in quotes.");
    }
    for (int i = 0; i < cells.size(); i++) {
      if (cells.get(i).indexOf(UNREADABLE) >= 0) {
        throw DataException.of(
            at(line, i), "letters that are no UTF-8", "a file in UTF-8", "Save it as UTF-8.");
      }
    }
    return row;
  }

  /** The cells of a record, without blanks around them. */
  private static final class Cells extends AbstractBaseCsvCallbackHandler<Row> {
    private List<String> cells = new ArrayList<>();
    private boolean lastIsQuoted;
    private long lastLine;

    @Override
    protected void handleBegin(long line) {
      cells = new ArrayList<>();
    }

    @Override
    protected void handleField(int index, char[] letters, int from, int count, boolean quoted) {
      cells.add(new String(letters, from, count).strip());
      lastIsQuoted = quoted;
    }

    @Override
    protected Row buildRecord() {
      lastLine = getStartingLineNumber();
      return new Row(lastLine, List.copyOf(cells));
    }
  }

  /** Tells whether the last letter that is not blank is a quote. */
  private boolean endsWithQuote() throws IOException {
    try (SeekableByteChannel channel = Files.newByteChannel(file)) {
      ByteBuffer end = ByteBuffer.allocate((int) Math.min(channel.size(), 4096));
      channel.position(channel.size() - end.capacity());
      while (end.hasRemaining() && channel.read(end) >= 0) {
        // Until all is read.
      }
      int last = end.position() - 1;
      while (last >= 0 && end.get(last) >= 0 && end.get(last) <= ' ') {
        last--;
      }
      return last >= 0 && end.get(last) == '"';
    }
  }

  private CsvReader<Row> reader(Cells cells) throws IOException {
    return CsvReader.builder()
        .fieldSeparator(separator)
        .skipEmptyLines(true)
        .allowExtraFields(true)
        .allowMissingFields(true)
        .trimWhitespacesAroundQuotes(true)
        .detectBomHeader(true)
        .build(cells, file, StandardCharsets.UTF_8);
  }

  private DataException unreadable(Exception e) {
    IOException cause = e instanceof UncheckedIOException u ? u.getCause() : (IOException) e;
    return DataException.unreadable(file, cause);
  }

  /** Names a line, for messages. */
  String at(long line) {
    return file + ", line " + line;
  }

  /** Names a cell, for messages. */
  String at(long line, int column) {
    return at(line) + ", column '" + header.get(column) + "'";
  }
}

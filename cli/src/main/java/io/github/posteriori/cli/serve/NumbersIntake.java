package io.github.posteriori.cli.serve;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.github.posteriori.data.TableSchema;
import io.github.posteriori.layers.Shape;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Takes numbers, for networks of features or signals: a JSON array, or the same numbers with commas
 * or line ends between them; of a table also a row, a JSON object of its cells by their columns.
 *
 * @param shape of what the network takes
 * @param table that the network learned from, if it was one
 */
record NumbersIntake(Shape shape, Optional<TableSchema> table) implements Intake {
  private static final ObjectMapper JSON =
      JsonMapper.builder()
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
          .build();

  @Override
  public Set<String> parameters() {
    return Set.of();
  }

  @Override
  public Taken take(byte[] body, String type, Query query, long nanoseconds) {
    String text = new String(body, StandardCharsets.UTF_8).strip();
    float[] numbers;
    if (text.startsWith("{") && table.isPresent()) {
      return new Taken(cells(text, table.get()), Optional.empty());
    }
    try {
      numbers = text.startsWith("[") ? JSON.readValue(text, float[].class) : row(text);
    } catch (JsonProcessingException | NumberFormatException e) {
      throw refusal("something else than numbers");
    }
    for (float number : numbers) {
      if (!Float.isFinite(number)) {
        throw refusal("a number that is not finite");
      }
    }
    if (numbers.length != shape.size()) {
      throw refusal(numbers.length + " numbers");
    }
    return new Taken(numbers, Optional.empty());
  }

  private static float[] cells(String text, TableSchema table) {
    try {
      Map<String, String> cells = new LinkedHashMap<>();
      JSON.readTree(text)
          .fields()
          .forEachRemaining(cell -> cells.put(cell.getKey(), cell.getValue().asText()));
      return table.features(cells);
    } catch (JsonProcessingException e) {
      throw new Refusal(
          400, "the body is no JSON, expected an object of a row's cells: correct it");
    } catch (IllegalArgumentException e) {
      throw new Refusal(400, e.getMessage());
    }
  }

  private static float[] row(String text) {
    double[] row = Arrays.stream(text.split("[,;\\s]+")).mapToDouble(Double::parseDouble).toArray();
    float[] numbers = new float[row.length];
    for (int i = 0; i < row.length; i++) {
      numbers[i] = (float) row[i];
    }
    return numbers;
  }

  private Refusal refusal(String found) {
    return new Refusal(
        400,
        "the body has "
            + found
            + ", expected "
            + shape.size()
            + " finite numbers for an input of "
            + shape
            + ": send a JSON array, or the numbers with commas between them"
            + table.map(schema -> ", or a JSON object of the cells of a row").orElse(""));
  }
}

package io.github.posteriori.spark;

import io.github.posteriori.layers.Shape;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * The examples of a training, in the order of the rows.
 *
 * @param features the numbers of each
 * @param labels the label of each
 */
record TrainingRows(float[][] features, double[] labels) {
  private static final StructType READ =
      new StructType()
          // Bytes, as Spark makes an object of each float of an array.
          .add("features", DataTypes.BinaryType, true)
          .add("label", DataTypes.DoubleType, true)
          .add("error", DataTypes.StringType, true);

  /**
   * Collects rows, whose pictures executors decode.
   *
   * @param shape to which pictures are resized; empty where there are none
   * @throws IllegalArgumentException when a row has no features or no label and is not to be left
   *     out, or there are no rows
   */
  static TrainingRows collect(
      Dataset<?> dataset,
      String featuresCol,
      String labelCol,
      Optional<Shape> shape,
      HandleInvalid handling) {
    FeatureType type = FeatureType.of(dataset.schema(), featuresCol);
    Dataset<Row> chosen =
        dataset.select(
            functions.col(featuresCol), functions.col(labelCol).cast(DataTypes.DoubleType));
    List<Row> rows =
        chosen
            .mapPartitions(new Reading(type, shape.orElse(null)), Encoders.row(READ))
            .collectAsList();
    List<float[]> features = new ArrayList<>();
    List<Double> labels = new ArrayList<>();
    for (Row row : rows) {
      if (row.isNullAt(2)) {
        features.add(floats(row));
        labels.add(row.getDouble(1));
      } else if (handling == HandleInvalid.ERROR) {
        throw new IllegalArgumentException(
            row.getString(2) + ": setHandleInvalid(\"skip\") leaves such rows out");
      }
    }
    if (features.isEmpty()) {
      throw new IllegalArgumentException("the data have no rows to train on, expected some");
    }
    return new TrainingRows(
        features.toArray(float[][]::new),
        labels.stream().mapToDouble(Double::doubleValue).toArray());
  }

  /**
   * Names the training on these rows.
   *
   * @param settings of the training
   * @param network checkpoint of the network before it
   */
  String training(String settings, byte[] network) {
    MessageDigest digest = sha256();
    digest.update(settings.getBytes(StandardCharsets.UTF_8));
    digest.update(network);
    for (int row = 0; row < labels.length; row++) {
      ByteBuffer bytes = ByteBuffer.allocate(Double.BYTES + Float.BYTES * features[row].length);
      bytes.putDouble(labels[row]);
      bytes.asFloatBuffer().put(features[row]);
      digest.update(bytes.array());
    }
    return "training-" + HexFormat.of().formatHex(digest.digest(), 0, 16);
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("this Java has no SHA-256, which every one has to have", e);
    }
  }

  private static float[] floats(Row row) {
    FloatBuffer read = ByteBuffer.wrap(row.getAs(0)).asFloatBuffer();
    float[] numbers = new float[read.remaining()];
    read.get(numbers);
    return numbers;
  }

  private static byte[] bytes(float[] numbers) {
    ByteBuffer bytes = ByteBuffer.allocate(Float.BYTES * numbers.length);
    bytes.asFloatBuffer().put(numbers);
    return bytes.array();
  }

  /** Reads features on an executor. */
  private record Reading(FeatureType type, Shape shape) implements MapPartitionsFunction<Row, Row> {

    @Override
    public Iterator<Row> call(Iterator<Row> rows) {
      return new Iterator<>() {
        @Override
        public boolean hasNext() {
          return rows.hasNext();
        }

        @Override
        public Row next() {
          return read(rows.next());
        }
      };
    }

    private Row read(Row row) {
      try {
        if (row.isNullAt(0) || row.isNullAt(1)) {
          throw new InvalidRowException(
              (row.isNullAt(0) ? "features" : "label") + " is null, expected an example");
        }
        return RowFactory.create(bytes(type.read(row.get(0), shape)), row.getDouble(1), null);
      } catch (InvalidRowException e) {
        return RowFactory.create(null, null, e.getMessage());
      }
    }
  }
}

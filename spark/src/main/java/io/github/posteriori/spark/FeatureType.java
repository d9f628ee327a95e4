package io.github.posteriori.spark;

import io.github.posteriori.data.Picture;
import io.github.posteriori.data.picture.PictureException;
import io.github.posteriori.layers.Shape;
import org.apache.spark.ml.image.ImageSchema;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.NumericType;
import org.apache.spark.sql.types.StructType;

/** What a column of features may hold, and how an example is read from it. */
enum FeatureType {
  /** Vectors of Spark ML, dense or sparse. */
  VECTOR {
    @Override
    float[] read(Object value, Shape shape) {
      return floats(((Vector) value).toArray());
    }
  },

  /** Arrays of floats. */
  FLOATS {
    @Override
    float[] read(Object value, Shape shape) throws InvalidRowException {
      return unboxed((scala.collection.Seq<?>) value);
    }
  },

  /** Arrays of other numbers. */
  NUMBERS {
    @Override
    float[] read(Object value, Shape shape) throws InvalidRowException {
      return unboxed((scala.collection.Seq<?>) value);
    }
  },

  /** Rows of the data source {@code image}. */
  IMAGE {
    @Override
    float[] read(Object value, Shape shape) throws InvalidRowException {
      return picture(new DecodedImage((Row) value).asBitmap(), shape);
    }
  },

  /** The contents of picture files, such as the data source {@code binaryFile} has them. */
  FILE {
    @Override
    float[] read(Object value, Shape shape) throws InvalidRowException {
      return picture((byte[]) value, shape);
    }
  };

  /**
   * Reads an example.
   *
   * @param value of the column, not null
   * @param shape of the network's examples; pictures are resized to it
   * @throws InvalidRowException when the value holds no example of any shape
   */
  abstract float[] read(Object value, Shape shape) throws InvalidRowException;

  /**
   * Returns the type of a column.
   *
   * @throws IllegalArgumentException when there is no such column, or it holds no features
   */
  static FeatureType of(StructType schema, String column) {
    DataType type = Columns.require(schema, "featuresCol", column).dataType();
    if (type.equals(SQLDataTypes.VectorType())) {
      return VECTOR;
    }
    if (type instanceof ArrayType array && array.elementType() instanceof NumericType number) {
      return number.equals(DataTypes.FloatType) ? FLOATS : NUMBERS;
    }
    if (DataType.equalsIgnoreNullability(type, ImageSchema.columnSchema())) {
      return IMAGE;
    }
    if (type.equals(DataTypes.BinaryType)) {
      return FILE;
    }
    throw new IllegalArgumentException(
        "column '%s' is of type %s, expected vectors, arrays of numbers, images or the contents of picture files: choose another by setFeaturesCol"
            .formatted(column, type.catalogString()));
  }

  /**
   * Checks that a network takes what the column holds.
   *
   * @throws IllegalArgumentException when pictures meet a network of features
   */
  void requireFits(Shape shape) {
    boolean pictures = this == IMAGE || this == FILE;
    if (pictures
        && !(shape instanceof Shape.Image image
            && image.height() > 1
            && (image.channels() == 1 || image.channels() == 3))) {
      throw new IllegalArgumentException(
          "featuresCol holds pictures, but the network takes "
              + shape
              + ", expected images of 1 channel or 3: choose another network or column");
    }
  }

  private static float[] picture(byte[] file, Shape shape) throws InvalidRowException {
    try {
      return Picture.read(file, (Shape.Image) shape);
    } catch (PictureException e) {
      throw new InvalidRowException(
          "features has " + e.found() + ", expected " + e.expected() + ". " + e.remedy(), e);
    }
  }

  private static float[] unboxed(scala.collection.Seq<?> numbers) throws InvalidRowException {
    Object[] boxed = new Object[numbers.size()];
    numbers.copyToArray(boxed); // faster than an iterator
    float[] floats = new float[boxed.length];
    for (int i = 0; i < floats.length; i++) {
      if (boxed[i] == null) {
        throw new InvalidRowException("features has null at position " + i);
      }
      floats[i] = ((Number) boxed[i]).floatValue();
    }
    return floats;
  }

  private static float[] floats(double[] numbers) {
    float[] floats = new float[numbers.length];
    for (int i = 0; i < floats.length; i++) {
      floats[i] = (float) numbers[i];
    }
    return floats;
  }
}

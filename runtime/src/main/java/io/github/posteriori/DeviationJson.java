package io.github.posteriori;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.SerializerProvider;
import io.github.posteriori.annotations.Prior;
import java.io.IOException;

/** A standard deviation as JSON: a number, or {@code "he"} for {@link Prior#HE}. */
final class DeviationJson {
  /** The number that files of version 0.1 write for {@code "he"}. */
  private static final double FORMER_HE = -1;

  private DeviationJson() {}

  static final class Writer extends JsonSerializer<Double> {
    @Override
    public void serialize(Double deviation, JsonGenerator json, SerializerProvider provider)
        throws IOException {
      if (deviation == Prior.HE) {
        json.writeString(Priors.HE);
      } else {
        json.writeNumber(deviation);
      }
    }
  }

  static final class Reader extends JsonDeserializer<Double> {
    @Override
    public Double deserialize(JsonParser json, DeserializationContext context) throws IOException {
      if (json.currentToken() == JsonToken.VALUE_STRING) {
        return json.getText().equals(Priors.HE)
            ? (Double) Prior.HE
            : (Double)
                context.handleWeirdStringValue(
                    double.class, json.getText(), "expected a number, or he");
      }
      double deviation = json.getDoubleValue();
      return deviation == FORMER_HE ? Prior.HE : deviation;
    }
  }
}

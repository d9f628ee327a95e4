package io.github.posteriori;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.SerializerProvider;
import java.io.IOException;
import java.util.Optional;

/** The mixture of a prior as JSON: its record, or no key where there is none. */
final class MixtureJson {
  private MixtureJson() {}

  static final class Writer extends JsonSerializer<Optional<Priors.Mixture>> {
    @Override
    public boolean isEmpty(SerializerProvider provider, Optional<Priors.Mixture> mixture) {
      return mixture.isEmpty();
    }

    @Override
    public void serialize(
        Optional<Priors.Mixture> mixture, JsonGenerator json, SerializerProvider provider)
        throws IOException {
      provider.defaultSerializeValue(mixture.orElse(null), json);
    }
  }

  static final class Reader extends JsonDeserializer<Optional<Priors.Mixture>> {
    @Override
    public Optional<Priors.Mixture> deserialize(JsonParser json, DeserializationContext context)
        throws IOException {
      return Optional.of(context.readValue(json, Priors.Mixture.class));
    }
  }
}

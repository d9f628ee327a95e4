package io.github.posteriori.onnx;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.nio.FloatBuffer;
import java.util.LinkedHashMap;
import java.util.Map;

/** A model in ONNX Runtime. */
final class OpenModel implements AutoCloseable {
  private static final OrtEnvironment ENVIRONMENT = OrtEnvironment.getEnvironment();

  private final OrtSession session;

  private OpenModel(OrtSession session) {
    this.session = session;
  }

  static OpenModel of(OnnxExport export) throws OrtException {
    try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
      options.setInterOpNumThreads(1);
      options.setIntraOpNumThreads(1);
      return new OpenModel(ENVIRONMENT.createSession(export.model().toByteArray(), options));
    }
  }

  OrtSession session() {
    return session;
  }

  /** Runs a batch, {@code shape} row-major, and returns each output row-major. */
  Map<String, float[]> run(float[] batch, long... shape) throws OrtException {
    Map<String, float[]> outputs = new LinkedHashMap<>();
    try (OnnxTensor input = OnnxTensor.createTensor(ENVIRONMENT, FloatBuffer.wrap(batch), shape);
        OrtSession.Result result = session.run(Map.of("input", input))) {
      for (Map.Entry<String, ai.onnxruntime.OnnxValue> output : result) {
        FloatBuffer numbers = ((OnnxTensor) output.getValue()).getFloatBuffer();
        float[] values = new float[numbers.remaining()];
        numbers.get(values);
        outputs.put(output.getKey(), values);
      }
    }
    return outputs;
  }

  @Override
  public void close() throws OrtException {
    session.close();
  }
}

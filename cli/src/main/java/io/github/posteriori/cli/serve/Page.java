package io.github.posteriori.cli.serve;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.posteriori.BayesModule;
import io.github.posteriori.Provenance;
import io.github.posteriori.calibration.Calibration;
import io.github.posteriori.cli.page.PageResource;
import io.github.posteriori.cli.predict.Willingness;
import io.github.posteriori.data.TableSchema;
import io.github.posteriori.layers.Shape;
import io.github.posteriori.likelihood.TargetKind;
import io.github.posteriori.uncertainty.SelectiveRisk;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The page, one file that asks for nothing but answers: style and script are in it, and its policy
 * lets the browser run no others.
 *
 * @param html the file
 * @param policy its Content-Security-Policy
 */
record Page(byte[] html, String policy) {
  private static final Pattern PART = Pattern.compile("\\{\\{(\\w+)}}");

  static Page of(
      BayesModule module, Intake intake, Willingness willingness, ServeSettings settings) {
    String style = PageResource.theme() + PageResource.text(Page.class, "serve.css");
    String script = PageResource.text(Page.class, "serve.js");
    Map<String, String> parts =
        Map.of(
            "style", style,
            "facts", facts(module, intake, willingness, settings),
            "script", script);
    String html =
        PART.matcher(PageResource.text(Page.class, "serve.html"))
            .replaceAll(part -> Matcher.quoteReplacement(parts.get(part.group(1))));
    String policy =
        "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none';"
            + " connect-src 'self'; img-src blob: data:; style-src '"
            + hash(style)
            + "'; script-src '"
            + hash(script)
            + "'";
    return new Page(html.getBytes(StandardCharsets.UTF_8), policy);
  }

  /** What the script has to know of the network, as JSON that ends no element of HTML. */
  private static String facts(
      BayesModule module, Intake intake, Willingness willingness, ServeSettings settings) {
    Map<String, Object> facts = new LinkedHashMap<>();
    String definition = module.definition();
    facts.put("name", definition.substring(definition.lastIndexOf('.') + 1));
    facts.put("dataset", module.provenance().map(Provenance::dataset).orElse(null));
    boolean classes = module.likelihood().kind() == TargetKind.CLASSES;
    facts.put("classes", classes ? module.classNames() : List.of());
    facts.put("targets", module.likelihood().targetNames());
    facts.put("labels", module.likelihood().kind() == TargetKind.LABELS);
    facts.put("columns", columns(intake));
    facts.put("samples", settings.samples());
    facts.put("pictures", intake instanceof PictureIntake);
    facts.put("invert", intake instanceof PictureIntake pictures && pictures.invert());
    facts.put("size", module.inputShape().size());
    if (module.inputShape() instanceof Shape.Image image) {
      facts.put("channels", image.channels());
      facts.put("height", image.height());
      facts.put("width", image.width());
    }
    facts.put("mostBytes", settings.mostBytes());
    Optional<SelectiveRisk> measured = willingness.measured();
    facts.put("examples", measured.map(SelectiveRisk::examples).orElse(null));
    facts.put("risks", measured.map(SelectiveRisk::points).orElse(null));
    facts.put("delta", measured.flatMap(SelectiveRisk::delta).orElse(null));
    facts.put("coverage", module.calibration().map(Calibration::coverage).orElse(null));
    facts.put(
        "risk",
        willingness.acceptedRisk().isPresent() ? willingness.acceptedRisk().getAsDouble() : null);
    facts.put("confidence", willingness.threshold().orElse(1));
    try {
      return new ObjectMapper().writeValueAsString(facts).replace("<", "\\u003c");
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("maps of strings and numbers are always JSON", e);
    }
  }

  /** The columns of the table whose rows are taken, in their order; none where none are. */
  private static List<TableSchema.Column> columns(Intake intake) {
    return intake instanceof NumbersIntake numbers
        ? numbers.table().stream().flatMap(table -> table.features().stream()).toList()
        : List.of();
  }

  private static String hash(String text) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return "sha256-" + Base64.getEncoder().encodeToString(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JVM has SHA-256", e);
    }
  }

  Reply reply() {
    return Reply.of(200, "text/html; charset=utf-8", html)
        .with(Map.of("Content-Security-Policy", policy));
  }
}

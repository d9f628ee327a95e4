package io.github.posteriori.cli.serve;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.posteriori.BayesModule;
import io.github.posteriori.checkpoint.Safetensors;
import io.github.posteriori.data.TableSchema;
import io.github.posteriori.layers.Shape;
import io.github.posteriori.models.BayesLeNetModule;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PageTest {
  private static Page page(BayesModule module) {
    return Page.of(
        module,
        Intake.of(module.inputShape(), false),
        Served.willingness(module),
        Served.settings(25, 16, 64, 10));
  }

  private static String html(Page page) {
    return new String(page.html(), StandardCharsets.UTF_8);
  }

  private static String inside(String html, String begin) {
    int from = html.indexOf(begin) + begin.length();
    return html.substring(from, html.indexOf("</", from));
  }

  private static JsonNode facts(String html) throws IOException {
    return new ObjectMapper()
        .readTree(inside(html, "<script type=\"application/json\" id=\"facts\">"));
  }

  @Test
  void asksNothingElsewhere() {
    String html = html(page(Served.network()));
    Matcher address = Pattern.compile("(https?:)?//[a-z][^\\s'\"]*").matcher(html);
    while (address.find()) {
      assertTrue(address.group().startsWith("http://www.w3.org/2000/svg"), address.group());
    }
    assertFalse(
        Pattern.compile("<(link|script|img)[^>]* (src|href)=\"(?!data:)").matcher(html).find());
    assertFalse(html.contains("{{"));
    assertFalse(html.contains(" style=\""), "the policy forbids it");
    assertFalse(Pattern.compile(" on[a-z]+=\"").matcher(html).find(), "the policy forbids it");
  }

  @Test
  void letsTheBrowserRunItsOwnScriptAlone() throws Exception {
    Page page = page(Served.network());
    String html = html(page);
    int from = html.lastIndexOf("<script>") + "<script>".length();
    String script = html.substring(from, html.lastIndexOf("</script>"));
    byte[] digest =
        MessageDigest.getInstance("SHA-256").digest(script.getBytes(StandardCharsets.UTF_8));
    String policy = page.reply().headers().get("Content-Security-Policy");
    assertTrue(
        policy.contains("script-src 'sha256-" + Base64.getEncoder().encodeToString(digest) + "'"));
    assertTrue(policy.startsWith("default-src 'none'"));
  }

  @Test
  void knowsTheNetworkAndItsRisks() throws Exception {
    JsonNode facts = facts(html(page(Served.network())));
    assertEquals("BayesLeNet", facts.get("name").asText());
    assertEquals(10, facts.get("classes").size());
    assertEquals(3, facts.get("examples").asInt());
    assertEquals(1 / 3.0, facts.get("risks").get(1).get("risk").asDouble());
    assertEquals(1 / 6.0, facts.get("risk").asDouble(), 1e-12);
    assertEquals(32, facts.get("height").asInt());
    assertTrue(facts.get("pictures").asBoolean());
  }

  @Test
  void namesOfClassesAreTextWhateverTheyAre(@TempDir Path folder) throws Exception {
    Path file = folder.resolve("net.safetensors");
    Served.network().save(file);
    Safetensors content = Safetensors.read(file);
    Map<String, String> metadata = new LinkedHashMap<>(content.metadata());
    List<String> names = new ArrayList<>(List.of("</script><b>", "{{script}}", "\"'\\"));
    for (int k = names.size(); k < 10; k++) {
      names.add("class " + k);
    }
    metadata.put("class_names", new ObjectMapper().writeValueAsString(names));
    new Safetensors(metadata, content.tensors()).write(file);
    String html = html(page(BayesLeNetModule.load(file)));
    assertFalse(html.contains("<b>"));
    JsonNode classes = facts(html).get("classes");
    for (int k = 0; k < 10; k++) {
      assertEquals(names.get(k), classes.get(k).asText());
    }
  }

  @Test
  void hasAFieldForEachColumnOfATable() throws Exception {
    TableSchema table =
        new TableSchema(
            List.of(
                new TableSchema.Column("area", List.of()),
                new TableSchema.Column("</district>", List.of("north", "south"))),
            "rent",
            List.of("low", "high"));
    BayesModule module = Served.network();
    Page page =
        Page.of(
            module,
            new NumbersIntake(new Shape.Features(3), Optional.of(table)),
            Served.willingness(module),
            Served.settings(25, 16, 64, 10));
    JsonNode columns = facts(html(page)).get("columns");
    assertEquals("area", columns.get(0).get("name").asText());
    assertEquals(0, columns.get(0).get("words").size());
    assertEquals("</district>", columns.get(1).get("name").asText());
    assertEquals("south", columns.get(1).get("words").get(1).asText());
  }

  @Test
  void saysWhereNoRisksAreKnown() throws Exception {
    BayesModule module = BayesLeNetModule.create(3, 4);
    JsonNode facts = facts(html(page(module)));
    assertTrue(facts.get("risks").isNull() && facts.get("risk").isNull());
    assertEquals(0.5, facts.get("confidence").asDouble());
    assertEquals(3, facts.get("channels").asInt());
  }
}

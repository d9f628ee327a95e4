package io.github.posteriori.checkpoint;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class RenamedDefinitionsTest {
  @Test
  void aShippedNetworkIsFoundUnderItsPresentPackage() {
    assertEquals(
        "io.github.posteriori.models.BayesLeNet",
        RenamedDefinitions.present("io.github.posteriori.examples.models.BayesLeNet"));
  }

  @Test
  void everyOtherDefinitionKeepsItsName() {
    for (String name :
        new String[] {
          "io.github.posteriori.models.BayesLeNet",
          "io.github.posteriori.examples.models.own.Net",
          "io.github.posteriori.examples.modelsOfMine.Net",
          "com.example.Outer$Net",
          "Net",
          ""
        }) {
      assertEquals(name, RenamedDefinitions.present(name));
    }
  }
}

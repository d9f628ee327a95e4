package io.github.posteriori.cli.page;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** The texts that pages are made of. */
public final class PageResource {
  private PageResource() {}

  /**
   * Returns the style sheet that all pages share: colours by the reader's theme, letters, margins.
   */
  public static String theme() {
    return text(PageResource.class, "theme.css");
  }

  /**
   * Returns a text that lies beside a class.
   *
   * @param name of the resource
   */
  public static String text(Class<?> owner, String name) {
    try (InputStream in = owner.getResourceAsStream(name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

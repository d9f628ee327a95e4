package io.github.posteriori.cli.serve;

import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The hosts that requests may be meant for. A page of a foreign site can have its own name resolve
 * to this machine (DNS rebinding) and would then pass for a page of this server, but its requests
 * name that site as their host. Addresses cannot be rebound.
 */
final class KnownHosts {
  private static final Pattern ADDRESS =
      Pattern.compile("\\d{1,3}(\\.\\d{1,3}){3}|\\[[0-9a-f:.]+]");
  private static final Pattern PORT = Pattern.compile(":\\d{0,5}$");

  private final Set<String> names = new HashSet<>(Set.of("localhost"));

  KnownHosts(String host, List<String> more) {
    names.add(host.toLowerCase(Locale.ROOT));
    more.forEach(name -> names.add(name.toLowerCase(Locale.ROOT)));
  }

  /**
   * Refuses a request that is meant for another host.
   *
   * @param header the Host header, or null
   */
  void require(String header) {
    if (header == null) {
      throw new Refusal(
          400, "the request has no Host, expected the one that it is meant for: state it");
    }
    String host = PORT.matcher(header.strip().toLowerCase(Locale.ROOT)).replaceFirst("");
    if (!names.contains(host) && !ADDRESS.matcher(host).matches()) {
      throw new Refusal(
          421,
          "the request is meant for another host, expected localhost or an address: start the"
              + " server with --allow-host and the name that it is known by");
    }
  }
}

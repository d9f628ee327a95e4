package io.github.posteriori.cli.run;

import io.github.posteriori.Priors;
import io.github.posteriori.annotations.Prior;
import java.util.Optional;

/**
 * The mixture of two Gaussians as prior that {@code --prior mixture:SHARE,SIGMA1,SIGMA2} states.
 *
 * @param share of the first, above 0 and below 1
 * @param sigma1 standard deviation of the first, above 0, or {@link Prior#HE}
 * @param sigma2 standard deviation of the second, above 0
 */
public record MixtureText(double share, double sigma1, double sigma2) {
  private static final String KIND = "mixture:";
  private static final String HE = Priors.text(Prior.HE);

  /**
   * Reads what {@link #toString} writes.
   *
   * @throws IllegalArgumentException when it is something else
   */
  public static MixtureText parse(String text) {
    String[] numbers = text.startsWith(KIND) ? text.substring(KIND.length()).split(",", -1) : null;
    if (numbers != null && numbers.length == 3) {
      try {
        MixtureText read =
            new MixtureText(
                Double.parseDouble(numbers[0]),
                numbers[1].equals(HE) ? Prior.HE : Double.parseDouble(numbers[1]),
                Double.parseDouble(numbers[2]));
        read.on(Priors.defaults()); // refuses numbers that will not do
        return read;
      } catch (NumberFormatException e) {
        // said below
      }
    }
    throw new IllegalArgumentException(
        "prior is "
            + text
            + ", expected mixture:SHARE,SIGMA1,SIGMA2, such as mixture:0.5,0.1,0.002");
  }

  /** Returns the mixture of these priors, if they are one. */
  public static Optional<MixtureText> of(Priors priors) {
    return priors.mixture().map(m -> new MixtureText(m.share(), priors.sigma(), m.sigma2()));
  }

  /** Returns {@code priors} with this mixture. */
  public Priors on(Priors priors) {
    return priors.withMixture(share, sigma1, sigma2);
  }

  @Override
  public String toString() {
    return KIND + share + "," + Priors.text(sigma1) + "," + sigma2;
  }
}

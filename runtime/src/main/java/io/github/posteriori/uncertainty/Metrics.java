package io.github.posteriori.uncertainty;

/**
 * Measures of the predicted probabilities of a labelled set.
 *
 * @param accuracy share of images whose most probable class is correct, from 0 to 1
 * @param nll mean negative logarithm of the true class's probability, in nats
 * @param brier mean of {@code sum_k (p_k - onehot_k)^2}, from 0 to 2; Brier 1950
 * @param ece expected calibration error over 15 equal bins of confidence, from 0 to 1, see {@link
 *     Reliability#ofEqualWidth}; Guo et al. 2017, arXiv 1706.04599
 * @param adaptiveEce the same over 15 bins of equally many images, see {@link
 *     Reliability#ofEqualMass}; Nixon et al. 2019, arXiv 1904.01685
 * @param aurc area under the risk-coverage curve, from 0 to 1, see {@link RiskCoverage}; Geifman et
 *     al. 2018, arXiv 1805.08206
 */
public record Metrics(
    double accuracy, double nll, double brier, double ece, double adaptiveEce, double aurc) {}

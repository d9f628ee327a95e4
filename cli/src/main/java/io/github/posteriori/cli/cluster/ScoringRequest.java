package io.github.posteriori.cli.cluster;

import io.github.posteriori.BayesModule;
import io.github.posteriori.data.TableSchema;
import java.util.Optional;

/**
 * Rows to score, and where to.
 *
 * @param module scores them
 * @param table how a {@code .csv} file becomes features, if the network has learned from one
 * @param input folder of pictures, or {@code .csv} or {@code .parquet} files, on any file system of
 *     the cluster's
 * @param features column of a {@code .parquet} file with the features
 * @param output {@code .parquet} folder to write
 * @param overwrite whether it may be replaced
 * @param samples number of posterior samples
 * @param batch number of rows of a pass
 * @param invalid what becomes of rows that cannot be scored: {@code error}, {@code skip} or {@code
 *     keep}
 */
public record ScoringRequest(
    BayesModule module,
    Optional<TableSchema> table,
    String input,
    String features,
    String output,
    boolean overwrite,
    int samples,
    int batch,
    String invalid) {}

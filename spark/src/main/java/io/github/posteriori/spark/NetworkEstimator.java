package io.github.posteriori.spark;

import io.github.posteriori.BayesModule;
import io.github.posteriori.ModuleOptions;
import io.github.posteriori.Priors;
import io.github.posteriori.Trainer;
import io.github.posteriori.TrainingOptions;
import io.github.posteriori.annotations.Estimator;
import io.github.posteriori.data.Split;
import io.github.posteriori.layers.Shape;
import io.github.posteriori.likelihood.Likelihood;
import io.github.posteriori.networks.ClassPath;
import io.github.posteriori.networks.Definition;
import io.github.posteriori.networks.Networks;
import io.github.posteriori.train.Averaging;
import io.github.posteriori.train.Beta;
import io.github.posteriori.train.EpochReport;
import io.github.posteriori.train.Exchange;
import io.github.posteriori.train.TrainingListener;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.SparkContext;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.util.DefaultParamsWritable;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.types.NumericType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * A network as an estimator of Spark ML.
 *
 * @param <E> the class of the estimator itself
 * @param <M> the model that it fits
 */
abstract class NetworkEstimator<E extends NetworkEstimator<E, M>, M extends NetworkModel<M>>
    extends org.apache.spark.ml.Estimator<M>
    implements ScoringParams<E>, TrainingParams<E>, DefaultParamsWritable {
  private static final long serialVersionUID = 1;
  private static final int COLOURS = 3;

  private final String uid;

  NetworkEstimator(String uid) {
    this.uid = uid;
  }

  final void setTrainingDefaults() {
    TrainingOptions defaults = TrainingOptions.defaults();
    setDefault(labelCol(), "label");
    setDefault(dimensions(), new String[0]);
    setDefault(epochs(), defaults.epochs());
    setDefault(batchSize(), defaults.batch());
    setDefault(trainingSamples(), defaults.trainSamples());
    setDefault(learningRate(), defaults.learningRate());
    setDefault(beta(), 1.0);
    setDefault(standardise(), false);
    setDefault(validationFraction(), 0.0);
    setDefault(seed(), 0L);
    setDefault(shards(), 1);
    setDefault(exchange(), Exchange.gradients().toString());
  }

  /** Returns the likelihood of the labels. */
  abstract Likelihood likelihood();

  /** Returns the rows as a set of examples of this shape. */
  abstract io.github.posteriori.data.Dataset set(TrainingRows rows, Shape shape);

  /** Returns the number of outputs that a network of these labels has. */
  abstract int outputs(TrainingRows rows);

  /** Returns the output columns of the model. */
  abstract List<Output> outputs();

  /** Creates the model of a trained network. */
  abstract M model(SharedNetwork network);

  @Override
  public final String uid() {
    return uid;
  }

  @Override
  public final StructType transformSchema(StructType schema) {
    FeatureType.of(schema, getFeaturesCol());
    StructField label = Columns.require(schema, "labelCol", getLabelCol());
    if (!(label.dataType() instanceof NumericType)) {
      throw new IllegalArgumentException(
          "column '%s' is of type %s, expected numbers: index words by StringIndexer"
              .formatted(label.name(), label.dataType().catalogString()));
    }
    return new Columns(schema).addAll(outputs()).addAll(Output.ofErrors(this)).schema();
  }

  @Override
  public final E copy(ParamMap extra) {
    return defaultCopy(extra);
  }

  /**
   * Trains the network on the rows, which the driver collects; executors decode pictures. The
   * weights depend on the order of the rows.
   *
   * @throws IllegalArgumentException when the rows do not fit the network, or a param does not
   */
  @Override
  public final M fit(Dataset<?> dataset) {
    transformSchema(dataset.schema());
    Definition definition = definition();
    Map<String, Integer> sizes = statedSizes(definition);
    FeatureType type = FeatureType.of(dataset.schema(), getFeaturesCol());
    boolean pictures = type == FeatureType.IMAGE || type == FeatureType.FILE;
    if (pictures) {
      sizes.putIfAbsent("channels", COLOURS);
    }
    TrainingRows rows =
        TrainingRows.collect(
            dataset,
            getFeaturesCol(),
            getLabelCol(),
            pictures ? Optional.of(create(definition, sizes, 1).inputShape()) : Optional.empty(),
            HandleInvalid.named(getHandleInvalid()));
    if (!pictures) {
      int numbers = rows.features()[0].length;
      sizes.putIfAbsent("features", numbers);
      if (definition.free().contains("channels") && !sizes.containsKey("channels")) {
        Map<String, Integer> grey = new HashMap<>(sizes);
        grey.put("channels", 1);
        int plane = create(definition, grey, 1).inputShape().size();
        sizes.put("channels", Math.max(1, numbers / plane));
      }
    }
    BayesModule created = create(definition, sizes, outputs(rows));
    SparkContext context = dataset.sparkSession().sparkContext();
    SharedNetwork trained = train(created, rows, context);
    M model = copyValues(model(trained), ParamMap.empty());
    model.setParent(this);
    return model;
  }

  private Definition definition() {
    if (!isDefined(network())) {
      throw new IllegalArgumentException(
          "network is not set, expected one to train: call setNetwork, such as"
              + " setNetwork(\"lenet\")");
    }
    return new Networks(ClassPath.none(), false).find(getNetwork(), Optional.empty(), true);
  }

  private Map<String, Integer> statedSizes(Definition definition) {
    Map<String, Integer> sizes = new HashMap<>();
    for (String dimension : getDimensions()) {
      String[] parts = dimension.split("=", 2);
      if (parts.length != 2 || !parts[1].matches("[1-9][0-9]{0,8}")) {
        throw new IllegalArgumentException(
            "dimensions has '" + dimension + "', expected name=size, such as channels=1");
      }
      sizes.put(parts[0], Integer.valueOf(parts[1]));
    }
    definition.requireFree(sizes.keySet());
    return sizes;
  }

  private BayesModule create(Definition definition, Map<String, Integer> sizes, int outputs) {
    Map<String, Integer> all = new HashMap<>(sizes);
    all.putIfAbsent("classes", outputs);
    ModuleOptions options = ModuleOptions.defaults().withSeed(getSeed());
    if (isDefined(estimator())) {
      options = options.withEstimator(Estimator.valueOf(getEstimator().toUpperCase(Locale.ROOT)));
    }
    if (isDefined(priorSigma())) {
      options = options.withPriors(Priors.defaults().withSigma(getPriorSigma()));
    }
    return definition.create(all, options);
  }

  /** Trains a network, or goes on with a training of it that was kept. */
  private SharedNetwork train(BayesModule created, TrainingRows rows, SparkContext context) {
    if (!isDefined(checkpointDir())) {
      return train(created, rows, context, Optional.empty());
    }
    if (getShards() > 1 && Exchange.parse(getExchange()) instanceof Exchange.Merge) {
      throw new IllegalArgumentException(
          "checkpointDir is set, but a training that merges the posteriors of parts cannot go on"
              + " from an epoch: clear checkpointDir, or set another exchange");
    }
    EpochCheckpoints checkpoints =
        new EpochCheckpoints(
            getCheckpointDir(),
            rows.training(settings(), SharedNetwork.of(created).checkpoint()),
            context.hadoopConfiguration());
    SharedNetwork trained = train(created, rows, context, Optional.of(checkpoints));
    checkpoints.remove();
    return trained;
  }

  /** Returns all params on which the trained network may depend. */
  private String settings() {
    StringBuilder settings = new StringBuilder();
    for (Param<?> param : params()) {
      if (isDefined(param) && !param.equals(checkpointDir())) {
        settings.append(setting(param)).append('\n');
      }
    }
    return settings.toString();
  }

  private <V> String setting(Param<V> param) {
    return param.name() + "=" + param.jsonEncode(getOrDefault(param));
  }

  private SharedNetwork train(
      BayesModule created,
      TrainingRows rows,
      SparkContext context,
      Optional<EpochCheckpoints> checkpoints) {
    Optional<EpochCheckpoints.Kept> kept = checkpoints.flatMap(EpochCheckpoints::read);
    BayesModule module =
        kept.map(before -> new SharedNetwork(before.network()).module()).orElse(created);
    Trainer trainer = Trainer.of(module, options());
    kept.ifPresent(before -> trainer.resume(before.state()));
    BestEpoch best = new BestEpoch(module, kept.flatMap(EpochCheckpoints.Kept::best));
    trainer.listen(best);
    checkpoints.ifPresent(folder -> trainer.listen(keeping(folder, trainer, module, best)));
    fit(trainer, module, rows, context);
    return best.checkpoint().map(SharedNetwork::new).orElseGet(() -> SharedNetwork.of(module));
  }

  private static TrainingListener keeping(
      EpochCheckpoints folder, Trainer trainer, BayesModule module, BestEpoch best) {
    return new TrainingListener() {
      @Override
      public void epochDone(EpochReport report) {
        folder.write(
            new EpochCheckpoints.Kept(
                SharedNetwork.of(module).checkpoint(), trainer.state(), best.checkpoint()));
      }
    };
  }

  private TrainingOptions options() {
    return TrainingOptions.defaults()
        .withEpochs(getEpochs())
        .withBatch(getBatchSize())
        .withLearningRate(getLearningRate())
        .withBeta(new Beta.Constant(getBeta()))
        .withSamples(getTrainingSamples(), 1)
        .withStandardisation(getStandardise())
        .withAveraging(isDefined(averaging()) ? Averaging.parse(getAveraging()) : Averaging.none())
        .withLikelihood(likelihood());
  }

  private void fit(Trainer trainer, BayesModule module, TrainingRows rows, SparkContext context) {
    io.github.posteriori.data.Dataset set = set(rows, module.inputShape());
    if (getShards() == 1) {
      fit(trainer, set);
      return;
    }
    ClusterExchange exchange =
        ClusterExchange.of(context, module, getShards(), Exchange.parse(getExchange()));
    try {
      fit(trainer.exchange(exchange), set);
    } finally {
      exchange.close();
    }
  }

  private void fit(Trainer trainer, io.github.posteriori.data.Dataset set) {
    if (getValidationFraction() == 0) {
      trainer.fit(set);
    } else {
      Split split = set.split(getValidationFraction(), getSeed());
      trainer.fit(split.train(), split.valid());
    }
  }
}

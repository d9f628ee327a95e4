package io.github.posteriori.processor.emit;

import static io.github.posteriori.processor.emit.LayerKind.Role.ALONE;
import static io.github.posteriori.processor.emit.LayerKind.Role.FOLLOWS;
import static io.github.posteriori.processor.emit.LayerKind.Role.LEADS;
import static io.github.posteriori.processor.emit.RuntimeTypes.layer;

import com.palantir.javapoet.CodeBlock;
import io.github.posteriori.annotations.Activation;
import io.github.posteriori.annotations.Interpolation;
import io.github.posteriori.processor.emit.LayerKind.Making;
import io.github.posteriori.processor.infer.Node;
import io.github.posteriori.processor.infer.Source;
import io.github.posteriori.processor.spec.LayerSpec;
import io.github.posteriori.processor.spec.Pair;
import java.util.stream.Collectors;

/** The table of the kinds of layers, one row each, for a layer in its place. */
final class LayerKinds implements LayerSpec.Cases<LayerKind> {
  private final Node node;

  LayerKinds(Node node) {
    this.node = node;
  }

  @Override
  public LayerKind conv(LayerSpec.Conv conv) {
    String groups = conv.groups().value() > 1 ? ", groups " + conv.groups().value() : "";
    return new LayerKind(
        layer("ConvLayer"),
        LEADS,
        outputs() + ", " + WindowWords.ofConvolution(conv) + groups + bias(conv),
        (names, inputs) ->
            call(
                names,
                conv.bayes().isPresent() ? "bayesConv" : "conv",
                inputs,
                CodeBlock.of("$L$L", WindowCode.filters(conv, outputs(names)), stated(conv))));
  }

  @Override
  public LayerKind convTranspose(LayerSpec.ConvTranspose conv) {
    String groups = conv.groups().value() > 1 ? ", groups " + conv.groups().value() : "";
    Pair extra = conv.extra().pair().orElseThrow();
    String padded = extra.equals(Pair.square(0)) ? "" : ", output padding " + extra;
    return new LayerKind(
        layer("ConvTransposeLayer"),
        LEADS,
        outputs() + ", " + WindowWords.ofConvolution(conv) + groups + bias(conv) + padded,
        (names, inputs) ->
            call(
                names,
                conv.bayes().isPresent() ? "bayesConvTranspose" : "convTranspose",
                inputs,
                CodeBlock.of(
                    "$L, $L, $L$L",
                    WindowCode.filters(conv, outputs(names)),
                    extra.rows(),
                    extra.columns(),
                    stated(conv))));
  }

  @Override
  public LayerKind linear(LayerSpec.Linear linear) {
    return new LayerKind(
        layer("LinearLayer"),
        LEADS,
        outputs() + bias(linear),
        (names, inputs) ->
            call(
                names,
                linear.bayes().isPresent() ? "bayesLinear" : "linear",
                inputs,
                CodeBlock.of("$L, $L$L", outputs(names), linear.bias(), stated(linear))));
  }

  @Override
  public LayerKind pool(LayerSpec.Pool pool) {
    return new LayerKind(
        layer("PoolLayer"),
        FOLLOWS,
        WindowWords.ofPool(pool),
        (names, inputs) ->
            call(
                names,
                pool.kind() == LayerSpec.Pool.Kind.MAX ? "maxPool" : "avgPool",
                inputs,
                WindowCode.of(pool.window().window().orElseThrow())));
  }

  @Override
  public LayerKind activate(LayerSpec.Activate activate) {
    return new LayerKind(
        layer("ActivationLayer"),
        FOLLOWS,
        activate.function().toString(),
        (names, inputs) ->
            call(
                names,
                "activation",
                inputs,
                CodeBlock.of("$T.$L", Activation.class, activate.function())));
  }

  @Override
  public LayerKind globalAvgPool(LayerSpec.GlobalAvgPool pool) {
    return new LayerKind(layer("GlobalAvgPoolLayer"), FOLLOWS, "", call("globalAvgPool"));
  }

  @Override
  public LayerKind upsample(LayerSpec.Upsample upsample) {
    Pair scale = upsample.part().pair().orElseThrow();
    boolean isBilinear = upsample.interpolation() == Interpolation.BILINEAR;
    return new LayerKind(
        layer("UpsampleLayer"),
        ALONE,
        scale + (isBilinear ? ", bilinear" : ""),
        (names, inputs) -> {
          CodeBlock factors = CodeBlock.of("$L, $L", scale.rows(), scale.columns());
          return call(
              names,
              "upsample",
              inputs,
              isBilinear
                  ? CodeBlock.of(
                      "$L, $T.$L", factors, Interpolation.class, upsample.interpolation())
                  : factors);
        });
  }

  @Override
  public LayerKind flatten(LayerSpec.Flatten flatten) {
    return new LayerKind(layer("FlattenLayer"), ALONE, "", call("flatten"));
  }

  @Override
  public LayerKind batchNorm(LayerSpec.BatchNorm norm) {
    return new LayerKind(layer("BatchNormLayer"), ALONE, "", call("batchNorm"));
  }

  @Override
  public LayerKind layerNorm(LayerSpec.LayerNorm norm) {
    return new LayerKind(layer("LayerNormLayer"), ALONE, "", call("layerNorm"));
  }

  @Override
  public LayerKind groupNorm(LayerSpec.GroupNorm norm) {
    int groups = norm.groups().value();
    return new LayerKind(
        layer("GroupNormLayer"),
        ALONE,
        groups + (groups == 1 ? " group" : " groups"),
        (names, inputs) -> call(names, "groupNorm", inputs, CodeBlock.of("$L", groups)));
  }

  @Override
  public LayerKind dropout(LayerSpec.Dropout dropout) {
    double probability = dropout.probability().value();
    return new LayerKind(
        layer("DropoutLayer"),
        ALONE,
        Double.toString(probability),
        (names, inputs) ->
            call(names, "dropout", inputs, CodeBlock.of("$L", PriorCode.number(probability))));
  }

  @Override
  public LayerKind join(LayerSpec.Join join) {
    boolean adds = join.kind() == LayerSpec.Join.Kind.ADD;
    return new LayerKind(
        layer(adds ? "AddLayer" : "ConcatLayer"),
        LEADS,
        node.sources().stream().map(Source::name).collect(Collectors.joining(" and ")),
        call(adds ? "add" : "concat"));
  }

  @Override
  public LayerKind block(LayerSpec.Block block) {
    return new LayerKind(
        UserTypes.module(block.network().id()),
        ALONE,
        block.network().name(),
        (names, inputs) -> nest(block, names, inputs));
  }

  @Override
  public LayerKind custom(LayerSpec.Custom custom) {
    return new LayerKind(
        UserTypes.of(custom.type()),
        ALONE,
        custom.type().name(),
        (names, inputs) ->
            CodeBlock.of(
                "$L.custom(() -> new $T($L.name($S), $L)$L)",
                names.build(),
                UserTypes.of(custom.type()),
                names.build(),
                node.name(),
                inputs,
                ShapeFunctionCode.of(custom, node.input())));
  }

  @Override
  public LayerKind unreadable(LayerSpec.Unreadable unreadable) {
    throw new IllegalArgumentException("nothing is written of what is not readable: " + node);
  }

  private CodeBlock nest(LayerSpec.Block block, Names names, CodeBlock inputs) {
    return CodeBlock.of(
        "$T.nest($L, $S, $L$L)",
        UserTypes.module(block.network().id()),
        names.inflow(node),
        node.name(),
        inputs,
        node.within().orElseThrow().outputs().stream()
            .map(out -> CodeBlock.of(",$W$L", names.code(out)))
            .collect(CodeBlock.joining("")));
  }

  /** Returns a call of the builder's method of this name, which takes only the inputs. */
  private Making call(String method) {
    return (names, inputs) ->
        CodeBlock.of("$L.$L($S, $L)", names.build(), method, node.name(), inputs);
  }

  private CodeBlock call(Names names, String method, CodeBlock inputs, CodeBlock further) {
    return CodeBlock.of("$L.$L($S, $L, $L)", names.build(), method, node.name(), inputs, further);
  }

  private String outputs() {
    return node.output().channels().toString();
  }

  private String outputs(Names names) {
    return names.code(node.output().channels());
  }

  private static String bias(LayerSpec.Affine layer) {
    return layer.bias() ? "" : ", no bias";
  }

  private static CodeBlock stated(LayerSpec.Affine layer) {
    return layer
        .bayes()
        .flatMap(PriorCode::stated)
        .map(variational -> CodeBlock.of(",$W$L", variational))
        .orElse(CodeBlock.of(""));
  }
}

package io.github.posteriori.processor.emit;

import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.MethodSpec;
import io.github.posteriori.annotations.Activation;
import io.github.posteriori.annotations.Dim;
import io.github.posteriori.annotations.Estimator;
import io.github.posteriori.processor.infer.FreeDimension;
import io.github.posteriori.processor.infer.Network;
import io.github.posteriori.processor.infer.Shape;
import io.github.posteriori.processor.spec.InputSpec;
import io.github.posteriori.processor.spec.NetworkSpec;
import io.github.posteriori.processor.spec.Stated;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.lang.model.element.Modifier;

/** Writes the static methods that create a module, new or from a file. */
final class FactoryMethods {
  private final Network network;
  private final ClassName module;
  private final Names names;

  FactoryMethods(Network network, ClassName module, Names names) {
    this.network = network;
    this.module = module;
    this.names = names;
  }

  MethodSpec createWithDefaults() {
    List<Object> types = new ArrayList<>();
    network.free().forEach(dimension -> types.add(CodeBlock.of("int")));
    types.add(CodeBlock.of("$T", RuntimeTypes.OPTIONS));
    List<Object> arguments = new ArrayList<>();
    network.free().forEach(dimension -> arguments.add(dimension.name()));
    arguments.add(CodeBlock.of("$T.defaults()", RuntimeTypes.OPTIONS));
    return create()
        .addJavadoc("{@link #create($L)} with the default options.", list(types))
        .addStatement("return create($L)", list(arguments))
        .build();
  }

  MethodSpec create(ClassName definition) {
    MethodSpec.Builder method =
        create()
            .addJavadoc("Makes a module of {@link $T} with new weights.\n\n", definition)
            .addParameter(RuntimeTypes.OPTIONS, "options");
    CodeBlock.Builder build = CodeBlock.builder();
    build.add(
        "$T build = new $T($L, options)",
        RuntimeTypes.BUILDER,
        RuntimeTypes.BUILDER,
        names.definition());
    for (FreeDimension free : network.free()) {
      method.addJavadoc("@param $L $L, at least 1\n", free.name(), free.meaning());
      build.add("\n.free($S, $L)", free.name(), free.name());
    }
    build.add("\n.input($L)", input());
    return method
        .addJavadoc("@param options options that override the definition\n")
        .addStatement(build.add(stated(network.spec())).build())
        .addStatement("return new $T($L)", module, list(constructorArguments()))
        .build();
  }

  MethodSpec nest(ClassName definition) {
    MethodSpec.Builder method =
        MethodSpec.methodBuilder("nest")
            .addJavadoc(
                "Makes {@link $T} a block of another network; generated code calls it.\n\n",
                definition)
            .addJavadoc("@param from what flows into the block\n")
            .addJavadoc("@param name of the block's field\n")
            .addJavadoc("@param arrives the shape that the block takes\n")
            .addModifiers(Modifier.PUBLIC, Modifier.STATIC)
            .returns(module)
            .addParameter(RuntimeTypes.INFLOW, "from")
            .addParameter(String.class, "name")
            .addParameter(RuntimeTypes.SHAPE, "arrives");
    CodeBlock.Builder build = CodeBlock.builder();
    build.add("$T build = from.block(name, $L, arrives)", RuntimeTypes.BUILDER, names.definition());
    build.add("\n.takes($L)", list(statedInput()));
    for (FreeDimension free : network.freeOutputs()) {
      method.addParameter(int.class, free.name());
      method.addJavadoc("@param $L $L, at least 1\n", free.name(), free.meaning());
      build.add("\n.free($S, $L)", free.name(), free.name());
    }
    return method
        .addStatement(build.add(stated(network.spec())).build())
        .addStatement("return new $T($L)", module, list(constructorArguments()))
        .build();
  }

  MethodSpec load() {
    return MethodSpec.methodBuilder("load")
        .addJavadoc("Reads a module that {@link #save} wrote, with the options it was saved with.")
        .addModifiers(Modifier.PUBLIC, Modifier.STATIC)
        .returns(module)
        .addParameter(Path.class, "file")
        .addStatement(
            "return $T.load(file, $L,$W$L)", RuntimeTypes.CHECKPOINT, names.definition(), factory())
        .build();
  }

  MethodSpec loadWithOptions() {
    return MethodSpec.methodBuilder("load")
        .addJavadoc("Reads a module that {@link #save} wrote.\n\n")
        .addJavadoc("@param file to read\n")
        .addJavadoc("@param overrides seed and engine; estimator and priors too, where stated\n")
        .addModifiers(Modifier.PUBLIC, Modifier.STATIC)
        .returns(module)
        .addParameter(Path.class, "file")
        .addParameter(RuntimeTypes.OPTIONS, "overrides")
        .addStatement(
            "return $T.load(file, $L, overrides,$W$L)",
            RuntimeTypes.CHECKPOINT,
            names.definition(),
            factory())
        .build();
  }

  private MethodSpec.Builder create() {
    MethodSpec.Builder method =
        MethodSpec.methodBuilder("create")
            .addModifiers(Modifier.PUBLIC, Modifier.STATIC)
            .returns(module);
    network.free().forEach(dimension -> method.addParameter(int.class, dimension.name()));
    return method;
  }

  private List<Object> constructorArguments() {
    List<Object> arguments = new ArrayList<>(List.of("build"));
    network.freeOutputs().forEach(dimension -> arguments.add(dimension.name()));
    return arguments;
  }

  /** Returns the shape of the input, in the numbers and parameters of {@code create}. */
  private CodeBlock input() {
    return network.input() instanceof Shape.Image image
        ? CodeBlock.of(
            "$T.image($L, $L, $L)",
            RuntimeTypes.SHAPE,
            image.channels(),
            image.height(),
            image.width())
        : CodeBlock.of(
            "$T.features($L)", RuntimeTypes.SHAPE, ((Shape.Features) network.input()).count());
  }

  /** Returns the input as the class states it. */
  private List<Object> statedInput() {
    InputSpec input = network.spec().input();
    return input.statesFeatures()
        ? List.of(number(input.features()))
        : input.imageSides().stream().<Object>map(side -> number(side.getValue())).toList();
  }

  private static CodeBlock number(Stated<Integer> stated) {
    return stated.value() == Dim.FREE
        ? CodeBlock.of("$T.FREE", Dim.class)
        : CodeBlock.of("$L", stated.value());
  }

  private CodeBlock factory() {
    List<Object> arguments = new ArrayList<>();
    for (int i = 0; i < network.free().size(); i++) {
      arguments.add("free[" + i + "]");
    }
    arguments.add("options");
    return CodeBlock.of("(free, options) -> create($L)", list(arguments));
  }

  /** Returns the settings that the class states; other settings have the runtime's defaults. */
  private static CodeBlock stated(NetworkSpec spec) {
    CodeBlock.Builder code = CodeBlock.builder();
    if (spec.estimator().explicit()) {
      code.add("\n.estimator($T.$L)", Estimator.class, spec.estimator().value());
    }
    if (spec.activation().value() != Activation.MODEL) {
      code.add("\n.activation($T.$L)", Activation.class, spec.activation().value());
    }
    spec.prior().ifPresent(prior -> code.add("\n.priors($L)", PriorCode.of(prior)));
    return code.build();
  }

  private static CodeBlock list(List<Object> items) {
    return items.stream().map(item -> CodeBlock.of("$L", item)).collect(CodeBlock.joining(", "));
  }
}

package io.github.posteriori.processor.emit;

import com.palantir.javapoet.AnnotationSpec;
import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.FieldSpec;
import com.palantir.javapoet.JavaFile;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.TypeSpec;
import io.github.posteriori.processor.infer.FreeDimension;
import io.github.posteriori.processor.infer.Network;
import io.github.posteriori.processor.infer.Node;
import io.github.posteriori.processor.spec.ClassId;
import io.github.posteriori.processor.spec.LayerOrder;
import io.github.posteriori.processor.spec.NetworkSpec;
import java.io.IOException;
import java.io.Writer;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import javax.annotation.processing.Filer;
import javax.annotation.processing.Generated;
import javax.lang.model.element.Element;
import javax.lang.model.element.Modifier;
import javax.lang.model.util.Elements;

/** The last step: writes the source of a module for a network without faults. */
public final class ModuleWriter {
  private final Network network;
  private final NetworkSpec spec;
  private final ClassName definition;
  private final ClassName module;
  private final List<Stage> stages;
  private final Names names;

  private ModuleWriter(Network network) {
    this.network = network;
    this.spec = network.spec();
    this.definition = UserTypes.of(spec.id());
    this.module = UserTypes.module(spec.id());
    this.stages = Stage.of(network);
    this.names = new Names(network, stages);
  }

  /**
   * Writes the module with a single originating element, so that build tools run the processor only
   * on classes that changed.
   *
   * @param generator full name of the processor, if the module may state it
   */
  public static void write(
      Network network, Optional<String> generator, Elements elements, Filer filer)
      throws IOException {
    NetworkSpec spec = network.spec();
    JavaFile file =
        JavaFile.builder(spec.id().packageName(), new ModuleWriter(network).type(generator))
            .skipJavaLangImports(!hidesJavaLang(spec.id(), elements))
            .build();
    Element definition = spec.place().element();
    try (Writer writer = filer.createSourceFile(spec.id().module(), definition).openWriter()) {
      writer.write(Layout.of(file.toString()));
    }
  }

  /** Returns whether the package has a class with the name of one in java.lang. */
  private static boolean hidesJavaLang(ClassId id, Elements elements) {
    return Stream.of(Math.class, Override.class, String.class)
        .map(type -> id.neighbour(type.getSimpleName()))
        .anyMatch(neighbour -> elements.getTypeElement(neighbour) != null);
  }

  private TypeSpec type(Optional<String> generator) {
    List<String> layers = network.nodes().stream().map(Node::name).toList();
    TypeSpec.Builder type =
        TypeSpec.classBuilder(module)
            .addJavadoc(Documentation.table(network, definition))
            .addModifiers(Modifier.FINAL)
            .superclass(RuntimeTypes.MODULE)
            .addField(
                FieldSpec.builder(String.class, names.definition())
                    .addModifiers(Modifier.PRIVATE, Modifier.STATIC, Modifier.FINAL)
                    .initializer("$S", spec.binaryName())
                    .build())
            .addField(
                FieldSpec.builder(String.class, names.layers())
                    .addModifiers(Modifier.STATIC, Modifier.FINAL)
                    .initializer("$S", new LayerOrder(layers).value())
                    .build());
    generator.ifPresent(
        name ->
            type.addAnnotation(
                AnnotationSpec.builder(Generated.class).addMember("value", "$S", name).build()));
    type.addAnnotation(description());
    // A field named Shape would hide the type Shape in expressions.
    network.nodes().forEach(node -> type.alwaysQualify(node.name()));
    if (spec.isPublic()) {
      type.addModifiers(Modifier.PUBLIC);
    }
    for (Node node : network.nodes()) {
      type.addField(
          LayerKind.of(node).type(), names.layer(node.name()), Modifier.PRIVATE, Modifier.FINAL);
    }
    for (Stage stage : ownStages()) {
      type.addField(RuntimeTypes.STAGE, names.stage(stage), Modifier.PRIVATE, Modifier.FINAL);
    }
    FactoryMethods factories = new FactoryMethods(network, module, names);
    PassMethods passes = new PassMethods(network, stages, names);
    type.addMethod(constructor())
        .addMethod(factories.createWithDefaults())
        .addMethod(factories.create(definition))
        .addMethod(factories.nest(definition))
        .addMethod(factories.load())
        .addMethod(factories.loadWithOptions())
        .addMethod(passes.forward())
        .addMethod(passes.backward());
    network.nodes().forEach(node -> type.addMethod(accessor(node)));
    return type.build();
  }

  private AnnotationSpec description() {
    CodeBlock free =
        network.free().stream()
            .map(dimension -> CodeBlock.of("$S", dimension.name()))
            .collect(CodeBlock.joining(", ", "{", "}"));
    return AnnotationSpec.builder(RuntimeTypes.DESCRIPTION)
        .addMember("free", free)
        .addMember("bayesian", "$L", network.isBayesian())
        .build();
  }

  private MethodSpec constructor() {
    MethodSpec.Builder constructor =
        MethodSpec.constructorBuilder()
            .addModifiers(Modifier.PRIVATE)
            .addParameter(RuntimeTypes.BUILDER, names.build());
    for (FreeDimension dimension : network.freeOutputs()) {
      constructor.addParameter(int.class, names.parameter(dimension.name()));
    }
    constructor.addStatement("super($L)", names.build());
    LayerCode layers = new LayerCode(network, names);
    for (Stage stage : stages) {
      stage.nodes().forEach(node -> constructor.addCode(layers.make(node)));
      if (!stage.isBlock()) {
        constructor.addStatement(
            "$L = $L.stage($L)",
            names.stage(stage),
            names.inflow(stage.first()),
            stage.nodes().stream()
                .map(node -> CodeBlock.of("$L", names.layer(node.name())))
                .collect(CodeBlock.joining(",$W")));
      }
    }
    return constructor.build();
  }

  /** Returns the stages made of this class's own layers. */
  private List<Stage> ownStages() {
    return stages.stream().filter(stage -> !stage.isBlock()).toList();
  }

  private MethodSpec accessor(Node node) {
    return MethodSpec.methodBuilder(node.name())
        .addJavadoc("Layer {@code $L}: $L to $L.", node.name(), node.input(), node.output())
        .addModifiers(Modifier.PUBLIC)
        .returns(LayerKind.of(node).type())
        .addStatement("return $L", names.layer(node.name()))
        .build();
  }
}

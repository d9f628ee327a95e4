package io.github.posteriori.networks;

import com.sun.source.tree.AnnotationTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.ImportTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.SourcePositions;
import com.sun.source.util.TreeScanner;
import io.github.posteriori.annotations.BayesModel;
import io.github.posteriori.annotations.Block;
import io.github.posteriori.annotations.Custom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javax.lang.model.element.Modifier;

/**
 * The syntax tree of a source, of which nothing is resolved, compiled or run.
 *
 * <p>A declaration is <em>plain</em> if it consists of classes of annotated fields and of numbers
 * that have names. What the processor generates from it calls constructors of the library alone, so
 * that a plain source may be compiled and run whoever wrote it. Everything that is not known to be
 * harmless is refused.
 */
final class ParsedSource {
  private static final String ANNOTATIONS = BayesModel.class.getPackageName();

  private static final Set<Tree.Kind> NUMBERS =
      EnumSet.of(
          Tree.Kind.INT_LITERAL,
          Tree.Kind.LONG_LITERAL,
          Tree.Kind.FLOAT_LITERAL,
          Tree.Kind.DOUBLE_LITERAL,
          Tree.Kind.BOOLEAN_LITERAL,
          Tree.Kind.IDENTIFIER,
          Tree.Kind.PARENTHESIZED,
          Tree.Kind.UNARY_MINUS,
          Tree.Kind.UNARY_PLUS,
          Tree.Kind.PLUS,
          Tree.Kind.MINUS,
          Tree.Kind.MULTIPLY,
          Tree.Kind.DIVIDE);

  private static final Set<Tree.Kind> HARMLESS = harmless();

  private final CompilationUnitTree unit;
  private final SourcePositions positions;

  ParsedSource(CompilationUnitTree unit, SourcePositions positions) {
    this.unit = unit;
    this.positions = positions;
  }

  private static Set<Tree.Kind> harmless() {
    Set<Tree.Kind> kinds = EnumSet.copyOf(NUMBERS);
    kinds.addAll(
        Arrays.asList(
            Tree.Kind.COMPILATION_UNIT,
            Tree.Kind.PACKAGE,
            Tree.Kind.IMPORT,
            Tree.Kind.EMPTY_STATEMENT,
            Tree.Kind.CLASS,
            Tree.Kind.MODIFIERS,
            Tree.Kind.ANNOTATION,
            Tree.Kind.VARIABLE,
            Tree.Kind.PRIMITIVE_TYPE,
            Tree.Kind.MEMBER_SELECT,
            Tree.Kind.ASSIGNMENT,
            Tree.Kind.NEW_ARRAY,
            Tree.Kind.STRING_LITERAL,
            // What javac could not parse does not compile, and so never runs.
            Tree.Kind.ERRONEOUS));
    return kinds;
  }

  /** Returns what makes the source more than a plain declaration; empty if nothing does. */
  Optional<String> excess() {
    Excess excess = new Excess();
    excess.scan(unit, null);
    if (excess.first != null) {
      return Optional.of(excess.first);
    }
    return new Nesting(excess.blocks).isDeep()
        ? Optional.of("more than " + Nesting.MOST_LAYERS + " layers in nested blocks")
        : Optional.empty();
  }

  /** Looks for the first thing that is not plain. */
  private final class Excess extends TreeScanner<Void, Void> {
    private final Map<String, List<List<String>>> blocks = new HashMap<>();
    private String first;

    @Override
    public Void scan(Tree tree, Void nothing) {
      if (tree == null || first != null) {
        return null;
      }
      if (!HARMLESS.contains(tree.getKind())) {
        found(tree, words(tree.getKind()));
        return null;
      }
      return super.scan(tree, nothing);
    }

    private void found(Tree tree, String what) {
      if (first == null) {
        long start = positions.getStartPosition(unit, tree);
        first = what + " in line " + unit.getLineMap().getLineNumber(start);
      }
    }

    @Override
    public Void visitImport(ImportTree tree, Void nothing) {
      String name = tree.getQualifiedIdentifier().toString();
      if (tree.isStatic() && !name.startsWith(ANNOTATIONS + ".")) {
        found(tree, "constants of " + name.substring(0, name.lastIndexOf('.')));
      }
      return null;
    }

    @Override
    public Void visitClass(ClassTree tree, Void nothing) {
      if (tree.getExtendsClause() != null || !tree.getImplementsClause().isEmpty()) {
        found(tree, "a class that extends another");
      }
      if (!tree.getTypeParameters().isEmpty()) {
        found(tree, "a class with type parameters");
      }
      List<String> nested = new ArrayList<>();
      for (Tree member : tree.getMembers()) {
        if (member instanceof VariableTree field) {
          nested.add(isBlock(field) ? simpleName(field.getType()) : "");
        }
      }
      blocks.computeIfAbsent(tree.getSimpleName().toString(), k -> new ArrayList<>()).add(nested);
      return super.visitClass(tree, nothing);
    }

    @Override
    public Void visitVariable(VariableTree tree, Void nothing) {
      if (tree.getInitializer() != null) {
        boolean constant =
            tree.getModifiers().getFlags().containsAll(EnumSet.of(Modifier.STATIC, Modifier.FINAL))
                && tree.getType() != null
                && tree.getType().getKind() == Tree.Kind.PRIMITIVE_TYPE
                && isNumber(tree.getInitializer());
        if (!constant) {
          found(tree, "a field with a value");
        }
      }
      return super.visitVariable(tree, nothing);
    }

    @Override
    public Void visitAnnotation(AnnotationTree tree, Void nothing) {
      String name = simpleName(tree.getAnnotationType());
      if (name.equals(Custom.class.getSimpleName())) {
        found(tree, "a layer of its own");
      } else if (!isOurs(name)) {
        found(tree, "the annotation @" + name);
      }
      return super.visitAnnotation(tree, nothing);
    }

    private boolean isBlock(VariableTree field) {
      return field.getModifiers().getAnnotations().stream()
          .anyMatch(a -> simpleName(a.getAnnotationType()).equals(Block.class.getSimpleName()));
    }
  }

  private static boolean isNumber(Tree expression) {
    boolean[] number = {true};
    new TreeScanner<Void, Void>() {
      @Override
      public Void scan(Tree tree, Void nothing) {
        number[0] &= tree == null || NUMBERS.contains(tree.getKind());
        return super.scan(tree, nothing);
      }
    }.scan(expression, null);
    return number[0];
  }

  private static boolean isOurs(String simpleName) {
    try {
      return Class.forName(ANNOTATIONS + "." + simpleName).isAnnotation();
    } catch (ClassNotFoundException | LinkageError e) {
      return false;
    }
  }

  private static String simpleName(Tree type) {
    String name = String.valueOf(type);
    return name.substring(name.lastIndexOf('.') + 1);
  }

  private static String words(Tree.Kind kind) {
    return switch (kind) {
      case METHOD -> "a method";
      case BLOCK -> "a block of statements";
      case INTERFACE, ENUM, RECORD, ANNOTATION_TYPE -> "a type that is no class";
      default -> "the expression " + kind.name().toLowerCase(Locale.ROOT);
    };
  }
}

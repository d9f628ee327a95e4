package io.github.posteriori.processor.report;

import java.util.Locale;
import javax.tools.Diagnostic;

/**
 * The messages of the processor: what was found, what was expected, the remedy. Each is explained
 * in {@code docs/errors.md}, in the order of the ids.
 */
public enum Message {
  NOT_A_CLASS(
      "P001", "%s is %s, expected a plain class: declare the layers as the fields of a class"),
  PRIVATE_CLASS(
      "P002",
      "%s is private, and the generated module could not name it: make it public or"
          + " package-private"),
  INNER_CLASS("P003", "%s is an inner class, expected a static one: add 'static'"),
  GENERIC_CLASS("P004", "%s has type parameters, which mean nothing to a network: remove <%s>"),
  EMPTY_CLASS(
      "P005",
      "%s declares no layer: add fields of type io.github.posteriori.Layer with annotations such"
          + " as @BayesLinear(out = 10)"),
  NAME_TAKEN(
      "P006",
      "the generated module would be called %s, and this compilation declares such a class:"
          + " rename one of the two"),
  INHERITED_LAYER(
      "P007",
      "%s inherits %s from %s, but a network is made of the fields of its own class: declare the"
          + " layers there, or nest the other class with @Block"),
  MODEL_MISSING(
      "P008",
      "%s is annotated as a layer, but %s is not annotated with @BayesModel, so nothing comes of"
          + " it: annotate the class"),
  NAMES_COLLIDE(
      "P009",
      "the generated module would be called %s, which differs from %s only by case: file systems"
          + " may take them for one, so rename one of the two classes"),

  INPUT_MISSING(
      "P010",
      "the input is not complete: %s. State channels, height and width, or features;"
          + " Dim.FREE leaves one open"),
  INPUT_TWICE(
      "P011",
      "the input is stated twice, as an image (channels, height, width) and as features: keep one"
          + " of the two"),

  NO_LAYER_ANNOTATION(
      "P020",
      "%s has no layer annotation, so nothing says which layer it is: annotate it, with %s"
          + " for example, or make it static"),
  SEVERAL_LAYER_ANNOTATIONS(
      "P021", "%s has the layer annotations %s, expected one: give each layer a field of its own"),
  WRONG_FIELD_TYPE(
      "P022",
      "%s is of type %s, expected io.github.posteriori.Layer: the concrete type comes with the"
          + " accessor of the generated module"),
  FINAL_FIELD(
      "P023", "%s is final, but the generated module makes and owns the layer: remove 'final'"),
  INITIALISED_FIELD(
      "P024",
      "%s has an initialiser, but the generated module makes and owns the layer: remove the"
          + " initialiser"),
  RESERVED_NAME(
      "P025",
      "%s cannot be the name of a layer, because every module has a method %s(): rename the"
          + " field"),
  FIELDS_COLLIDE(
      "P026",
      "%s differs from %s only by case, which is easily misread: rename one of the two fields"),
  INPUT_NAME(
      "P027",
      "input cannot be the name of a layer, because from = \"input\" means what goes into the"
          + " network: rename the field"),
  STATIC_LAYER(
      Diagnostic.Kind.WARNING,
      "P028",
      "%s is static, and so no layer of the network: remove 'static', or else the annotation"),

  TOO_SMALL("P030", "%s is %s, expected at least %s%s"),
  WRONG_ENTRIES(
      "P031", "%s has %s entries, expected one (rows and columns alike) or two (rows, columns)"),
  GROUPS_DO_NOT_DIVIDE(
      "P032", "groups is %s, expected a divisor of the %s: each group takes an equal share"),
  PADDING_TOO_LARGE(
      "P033",
      "padding is %s with a kernel of %s, expected %s: a window could hold nothing but padding"),
  PROBABILITY(
      "P034",
      "the probability of zero is %s, expected at least 0 and below 1: 0.5 drops every second"
          + " number"),
  NOT_ABOVE_ZERO(
      "P035",
      "%s is %s, expected a finite number above 0, or Prior.HE: it is the prior's standard"
          + " deviation"),
  NEGATIVE_DEVIATION(
      "P036", "%s is %s, expected a finite number of at least 0%s: it is a standard deviation"),
  NOT_FINITE("P037", "%s is %s, expected a finite number: it is the mean of a Gaussian"),
  PRIOR_TWICE(
      "P038", "%s has a @Prior both beside its annotation and within it: keep one of the two"),
  PRIOR_WITHOUT_POSTERIOR(
      "P039",
      "%s has a @Prior, but no weights that are distributions: remove it, or make the layer"
          + " a @BayesConv or @BayesLinear"),

  FROM_UNKNOWN("P040", "%s names %s, but the class has no such layer%s"),
  FROM_LATER(
      "P041",
      "%s names %s, which is not declared before %s: layers take the output of earlier fields,"
          + " so move the declaration"),
  UNUSED_OUTPUT(
      "P042",
      "nobody takes the output of %s, and it is not the last layer: remove the field, or let a"
          + " later one take it"),
  JOIN_OF_FEW("P043", "@%s joins %s, expected the names of at least two fields"),
  JOINED_TWICE("P044", "@%s names %s twice, expected different fields: remove one of the two"),
  NOT_A_BLOCK(
      "P045",
      "%s is of type %s, expected a class that is annotated with @BayesModel: that network is"
          + " nested here"),
  BLOCK_IN_ITSELF(
      "P046",
      "%s nests %s, which contains %s: a network cannot contain itself, so remove the field"),
  BLOCK_OUTPUTS("P047", "out has %s, but %s leaves %s: %s"),
  NOT_A_CUSTOM_LAYER(
      "P048",
      "%s is of type %s, expected a class that implements"
          + " io.github.posteriori.layers.CustomLayer"),
  CUSTOM_NOT_MADE("P049", "%s is of type %s, which the generated module cannot make: it %s"),

  IN_DISAGREES(
      "P050", "in is %s, but %s has %s %s: write in = %3$s, or leave it out to have it inferred"),
  FEATURES_DISAGREE(
      "P051",
      "features is %s, but %s has %s numbers: write features = %3$s, or leave it out to have it"
          + " inferred"),
  NOT_FLATTENED(
      "P052", "%s takes features, but %s is the image %s: put a @Flatten field before it"),
  NEEDS_IMAGE(
      "P053", "%s takes an image, but %s is the features %s: move it before the @Flatten field"),
  FLATTENED_TWICE(
      "P054", "%s flattens an image, but %s is the features %s already: remove the field"),
  KERNEL_TOO_LARGE(
      "P055",
      "the kernel spans %s pixels, but the padded input has %s rows and %s columns: take a smaller"
          + " kernel or more padding"),
  TOO_LARGE(
      "P056",
      "the %s %s has %s numbers, expected at most 2147483647: take fewer channels or pixels"),
  SHAPES_DIFFER("P057", "%s joins the shapes %s, expected %s: %s"),
  BLOCK_INPUT(
      "P058",
      "%s takes %s, but %s states its input as %s: change one of the two, or leave it FREE"),
  BLOCK_DOES_NOT_FIT("P059", "%s does not fit here: in %s, at %s, %s"),
  SHAPE_FUNCTION(
      "P060",
      "the output \"%s\" is not readable%s: write whole numbers, %s, + - * and parentheses, and /"
          + " by a number"),
  SHAPE_FUNCTION_ENTRIES(
      "P061",
      "the output has %s entries, expected three for an image (channels, height, width), one for"
          + " features, or none for the shape of the input"),
  OUTPUT_VANISHES("P062", "the output \"%s\" is %s, expected at least 1"),
  BLOCK_MODULE("P063", "%s is of type %s, whose module %s %s"),
  NORM_OF_SINGLE_NUMBERS(
      "P064",
      "%s normalises single numbers of %s %s, which are their own mean, expected groups of at least"
          + " two: take fewer groups, or remove the field"),
  NO_MIXTURE(
      "P065",
      "share is %s and sigma2 is %s, expected a share above 0 and below 1 and a sigma2 above 0,"
          + " which make the prior a mixture: correct them, or leave out both for one Gaussian"),
  OUTPUT_PADDING_TOO_LARGE(
      "P066",
      "outputPadding is %s and the stride is %s and the dilation %s, expected less than one of"
          + " them: it tells apart the sizes that the stride makes the same"),
  TRANSPOSED_OUTPUT_VANISHES(
      "P067",
      "the padding %s leaves %s rows and %s columns of the output, expected at least 1: take less"
          + " padding or a larger kernel"),

  LAST_NOT_LINEAR(
      Diagnostic.Kind.WARNING,
      "P070",
      "the last layer, %s, is a @%s, and classes are told apart by a linear one: end in"
          + " @BayesLinear or @Linear, or add @SuppressWarnings(\"posteriori\")"),
  NOTHING_BAYESIAN(
      Diagnostic.Kind.WARNING,
      "P071",
      "estimator is stated, but %s has no Bayesian layer to apply it to: remove it, or use"
          + " @BayesConv and @BayesLinear"),
  PIXELS_LEFT_OUT(
      Diagnostic.Kind.NOTE,
      "P072",
      "%s leaves out %s of its input %s: choose kernel, stride and padding that cover it, if these"
          + " pixels matter"),
  BLOCK_NOTE(Diagnostic.Kind.NOTE, "P073", "of %s: in %s, at %s, %s"),
  DROPOUT_BEFORE_POOL(
      Diagnostic.Kind.WARNING,
      "P074",
      "%s drops out before %s, a @MaxPool, which then keeps the largest survivor, scaled up: what"
          + " follows would be trained on larger values than it meets later; put @Dropout behind"
          + " @MaxPool, or add @SuppressWarnings(\"posteriori\")"),

  INTERNAL("P090", "the Posteriori processor failed on this class, which is its own fault: %s"),
  NOT_WRITTEN("P091", "%s could not be written: %s");

  private final Diagnostic.Kind kind;
  private final String id;
  private final String format;

  Message(String id, String format) {
    this(Diagnostic.Kind.ERROR, id, format);
  }

  Message(Diagnostic.Kind kind, String id, String format) {
    this.kind = kind;
    this.id = id;
    this.format = format;
  }

  /** The severity; only errors stop the compiler. */
  Diagnostic.Kind kind() {
    return kind;
  }

  /** The id of this message in the documentation, such as {@code P050}. */
  public String id() {
    return id;
  }

  /** Returns the printed message, which is the same in every locale. */
  String text(Object... details) {
    return "[" + id + "] " + String.format(Locale.ROOT, format, details);
  }
}

"use strict";
(() => {
  const facts = JSON.parse(document.getElementById("facts").textContent);
  const $ = id => document.getElementById(id);
  const percent = (share, digits) => {
    if (digits === undefined && share > 0.9995 && share < 1) return ">\u00a099.9\u00a0%";
    const near = share >= 0.0005 && share < 0.0995 || share > 0.9945 && share < 1;
    return (100 * share).toFixed(digits ?? (near ? 1 : 0)) + "\u00a0%";
  };
  const grey = facts.channels === 1;
  const draws = facts.pictures && grey;
  // Networks of MNIST and its like expect digits cut out, centred and of one size.
  const likeMnist = draws && facts.height === facts.width && (facts.width === 28 || facts.width === 32);
  const several = facts.samples > 1;
  const examples = facts.pictures ? "pictures" : "examples";
  const MOST_BARS = 12;
  // Numbers or labels in place of one class: there is nothing to refuse.
  const numeric = facts.classes.length === 0;
  // A field for each column, unless they would fill the page.
  const MOST_FIELDS = 60;
  const fields = facts.columns.length > 0 && facts.columns.length <= MOST_FIELDS;

  // ---------------------------------------------------------------- words

  const trained = facts.dataset ? ", trained on " + facts.dataset : "";
  document.title = facts.name + trained + " – Posteriori";
  $("title").textContent = facts.name + trained;
  $("lead").textContent = draws
    ? "Draw, or drop a picture, and see what it makes of it and how sure it is."
    : facts.pictures
      ? "Drop a picture, and see what it makes of it and how sure it is."
      : "Enter numbers, and see what it makes of them and how sure it is.";
  $("pad").setAttribute("aria-label", draws
    ? "Drawing area. With the keyboard: arrow keys move the pen, space puts it down or lifts it, Delete clears."
    : "Your picture");
  $("ghost").textContent = draws ? "Draw here" : "Drop a picture here, or paste one";
  function explain(light) {
    const pixels = facts.width + " × " + facts.height + " pixels";
    if (!facts.pictures) {
      $("how").textContent = fields
        ? "A row that is copied from the table can be pasted into the first field."
        : facts.size + " numbers with commas between them, or a JSON array.";
    } else if (upload || !draws) {
      $("how").textContent = "About what the network sees: " + pixels + ", whatever the proportions."
        + (light ? " Its ground is light: is it dark ink on light paper?" : "");
    } else {
      $("how").textContent = "What the network sees: " + pixels + (likeMnist ? ", cut out and centred as in MNIST." : ".")
        + " A picture can also be dropped or pasted.";
    }
  }
  $("curl").textContent = facts.pictures
    ? "curl --data-binary @picture.png " + location.origin + "/predict"
    : "curl -H 'Content-Type: application/json' -d '" + (facts.columns.length
      ? "{" + facts.columns.slice(0, 3).map(column => JSON.stringify(column.name) + ": " + JSON.stringify(column.words[0] ?? 0.5)).join(", ")
        + (facts.columns.length > 3 ? ", …}" : "}")
      : "[0.5, …]") + "' " + location.origin + "/predict";
  $("undo").hidden = !draws;
  $("pad").classList.toggle("still", !draws);
  if (numeric) {
    $("risk-card").hidden = true;
    document.querySelector(".board").classList.add("unrefused");
    const noise = document.querySelector("#doubts .meaning");
    const units = document.querySelector("#doubts .note");
    if (facts.labels) {
      $("answer-title").textContent = "How likely each label is";
      noise.textContent = "What it sees fits with and without the label; more training data would not help.";
      units.textContent = "Standard deviations of the first label; the bars show their shares.";
      for (const id of ["box-key", "whisker-key"]) $(id).hidden = true;
    } else {
      $("answer").classList.add("numbers");
      $("answer-title").textContent = "Where it lies";
      noise.textContent = "The noise in what was observed; more training data would not help.";
      units.textContent = "Standard deviations, in the units of the target; the bars show their shares.";
      $("box-key").lastChild.textContent = "one standard deviation, epistemic";
      $("whisker-key").lastChild.textContent = "95 % interval";
    }
  }
  if (!facts.pictures) {
    for (const id of ["drop", "choose", "view"]) $(id).hidden = true;
    $("numbers").hidden = fields;
    $("cells").hidden = !fields;
    $("numbers").setAttribute("aria-label", "Numbers");
    $("input-title").textContent = fields ? "Your row" : "Your numbers";
  }

  // ---------------------------------------------------------------- rows of a table

  /** Makes the field of a column: a number, or one of its words. */
  function field(column) {
    const label = document.createElement("label");
    label.append(column.name);
    const input = label.appendChild(document.createElement(column.words.length ? "select" : "input"));
    if (column.words.length) {
      input.append(...["", ...column.words].map(word => new Option(word, word)));
    } else {
      input.inputMode = "decimal";
      input.autocomplete = "off";
    }
    $("cells").append(label);
    return input;
  }

  const cells = fields ? facts.columns.map(field) : [];
  const missing = () => facts.columns.filter((column, i) => !cells[i].value.trim()).map(column => column.name);
  const row = () => JSON.stringify(Object.fromEntries(facts.columns.map((column, i) => [column.name, cells[i].value.trim()])));

  $("cells").addEventListener("input", changed);
  $("cells").addEventListener("paste", event => {
    const parts = event.clipboardData.getData("text").trim().split(/[\t,;]/);
    if (parts.length !== cells.length || parts.length === 1) return;
    event.preventDefault();
    parts.forEach((part, i) => { cells[i].value = part.trim().replace(/^"(.*)"$/, "$1"); });
    changed();
  });

  // ---------------------------------------------------------------- drawing

  const pad = $("pad");
  const ink = pad.getContext("2d");
  const SIDE = pad.width;
  let strokes = [];
  let picture = null;

  function traced(context, scale, dx, dy, width) {
    context.lineWidth = width;
    context.lineCap = context.lineJoin = "round";
    context.strokeStyle = "#fff";
    for (const stroke of strokes) {
      context.beginPath();
      context.moveTo(stroke[0].x * scale + dx, stroke[0].y * scale + dy);
      if (stroke.length === 1) context.lineTo(stroke[0].x * scale + dx + 0.01, stroke[0].y * scale + dy);
      for (let i = 1; i < stroke.length - 1; i++) {
        const a = stroke[i], b = stroke[i + 1];
        context.quadraticCurveTo(a.x * scale + dx, a.y * scale + dy, (a.x + b.x) / 2 * scale + dx, (a.y + b.y) / 2 * scale + dy);
      }
      if (stroke.length > 1) {
        const last = stroke[stroke.length - 1];
        context.lineTo(last.x * scale + dx, last.y * scale + dy);
      }
      context.stroke();
    }
  }

  function paint() {
    ink.fillStyle = "#000";
    ink.fillRect(0, 0, SIDE, SIDE);
    if (picture) {
      const scale = Math.min(SIDE / picture.width, SIDE / picture.height);
      const w = picture.width * scale, h = picture.height * scale;
      ink.drawImage(picture, (SIDE - w) / 2, (SIDE - h) / 2, w, h);
    } else {
      traced(ink, 1, 0, 0, SIDE / 14);
      if (pen.shown) {
        ink.fillStyle = pen.down ? "#f2994b" : "#62b6ee";
        ink.beginPath();
        ink.arc(pen.x, pen.y, 7, 0, 2 * Math.PI);
        ink.fill();
      }
    }
    $("ghost").hidden = Boolean(picture) || strokes.length > 0 || pen.shown;
    $("undo").disabled = strokes.length === 0;
    $("clear").disabled = strokes.length === 0 && !picture && !$("numbers").value && cells.every(cell => !cell.value);
  }

  const fine = document.createElement("canvas");
  const small = document.createElement("canvas");
  const FINE = 8;

  /** Draws the strokes as MNIST holds them: 20 pixels at most, centre of mass in the middle of 28. */
  function centred() {
    fine.width = fine.height = 28 * FINE;
    const context = fine.getContext("2d", {willReadFrequently: true});
    let left = Infinity, top = Infinity, right = -Infinity, bottom = -Infinity;
    for (const stroke of strokes) {
      for (const p of stroke) {
        left = Math.min(left, p.x); right = Math.max(right, p.x);
        top = Math.min(top, p.y); bottom = Math.max(bottom, p.y);
      }
    }
    const width = 2.6 * FINE;
    // A small mark is not blown up to a digit.
    const extent = Math.max(right - left, bottom - top, SIDE / 5);
    const scale = (20 * FINE - width) / extent;
    const dx = 14 * FINE - scale * (left + right) / 2, dy = 14 * FINE - scale * (top + bottom) / 2;
    traced(context, scale, dx, dy, width);
    const data = context.getImageData(0, 0, fine.width, fine.height).data;
    let mass = 0, mx = 0, my = 0;
    for (let i = 3, p = 0; i < data.length; i += 4, p++) {
      if (data[i]) {
        mass += data[i];
        mx += data[i] * (p % fine.width + 0.5);
        my += data[i] * (Math.floor(p / fine.width) + 0.5);
      }
    }
    const shift = centre => Math.max(-4 * FINE, Math.min(4 * FINE, 14 * FINE - centre / mass));
    context.clearRect(0, 0, fine.width, fine.height);
    traced(context, scale, dx + shift(mx), dy + shift(my), width);
    small.width = small.height = 28;
    shrink(context, 28, 28, FINE);
  }

  /** Averages squares of pixels, which browsers do each in its own way. */
  function shrink(context, width, height, by) {
    const from = context.getImageData(0, 0, width * by, height * by).data;
    const target = small.getContext("2d");
    const to = target.createImageData(width, height);
    for (let y = 0; y < height; y++) {
      for (let x = 0; x < width; x++) {
        let sum = 0;
        for (let j = 0; j < by; j++) {
          for (let i = 0; i < by; i++) sum += from[4 * ((y * by + j) * width * by + x * by + i) + 3];
        }
        const at = 4 * (y * width + x);
        to.data[at] = to.data[at + 1] = to.data[at + 2] = Math.round(sum / (by * by));
        to.data[at + 3] = 255;
      }
    }
    target.putImageData(to, 0, 0);
  }

  /** Draws the strokes where they are, at the size of the network's images. */
  function asDrawn() {
    fine.width = facts.width * FINE;
    fine.height = facts.height * FINE;
    const context = fine.getContext("2d", {willReadFrequently: true});
    context.setTransform(fine.width / SIDE, 0, 0, fine.height / SIDE, 0, 0);
    traced(context, 1, 0, 0, SIDE / 14);
    context.resetTransform();
    small.width = facts.width;
    small.height = facts.height;
    shrink(context, facts.width, facts.height, FINE);
  }

  function preview(source) {
    const view = $("view");
    view.width = source === small ? small.width : facts.width;
    view.height = source === small ? small.height : facts.height;
    const context = view.getContext("2d");
    const invert = source !== small && $("invert").checked;
    context.filter = (grey ? "grayscale(1)" : "none") + (invert ? " invert(1)" : "");
    if (source) context.drawImage(source, 0, 0, view.width, view.height);
  }

  // ---------------------------------------------------------------- asking

  let upload = null;
  let wanted = 0;
  let asked = 0;
  let asking = false;

  function blob() {
    return new Promise(resolve => small.toBlob(resolve, "image/png"));
  }

  async function question() {
    if (fields) return {type: "application/json", body: row()};
    if (!facts.pictures) return {type: "text/plain", body: $("numbers").value};
    if (upload) return {type: upload.type || "application/octet-stream", body: upload, invert: grey && $("invert").checked};
    likeMnist ? centred() : asDrawn();
    preview(small);
    return {type: "image/png", body: await blob(), invert: false};
  }

  const empty = () => facts.pictures ? !upload && strokes.length === 0
    : fields ? missing().length > 0 : !$("numbers").value.trim();

  /** Asks about what there is now; one question at a time, and the last one always. */
  async function ask() {
    wanted++;
    if (asking) return;
    asking = true;
    while (asked !== wanted) {
      asked = wanted;
      if (empty()) {
        idle();
        continue;
      }
      try {
        const {type, body, invert} = await question();
        const address = facts.pictures ? "predict?invert=" + invert : "predict";
        const response = await fetch(address, {method: "POST", headers: {"Content-Type": type}, body});
        const text = await response.text();
        if (asked !== wanted && empty()) continue;
        if (response.ok) {
          show(JSON.parse(text));
        } else if (response.status === 503 || response.status === 504) {
          alarm("The server is busy; trying again.");
          await new Promise(resolve => setTimeout(resolve, 1000));
          asked = -1;
        } else {
          if (upload) forget();
          paint();
          idle();
          alarm(JSON.parse(text).error);
        }
      } catch (e) {
        idle();
        alarm("The server does not answer: is it still running?");
      }
    }
    asking = false;
  }

  function alarm(text) {
    $("alarm").hidden = !text;
    $("alarm").textContent = text ? text[0].toUpperCase() + text.slice(1) : "";
  }

  // ---------------------------------------------------------------- answers

  const names = numeric ? facts.targets : facts.classes;
  const shown = numeric || names.length <= MOST_BARS ? names.length : 8;
  const named = names.some(name => name.length > 2);
  const rows = [];
  $("bars").classList.toggle("named", named);
  if (named) {
    const longest = Math.max(...names.map(name => name.length));
    $("bars").style.setProperty("--names", Math.min(13, 0.62 * longest + 0.8) + "rem");
    $("bars").classList.toggle("long", longest > 10);
  }
  for (let k = 0; k < shown; k++) {
    const row = document.createElement("li");
    const parts = {row};
    for (const [tag, name] of [["span", "name"], ["span", "rail"], ["span", "share"]]) {
      parts[name] = row.appendChild(document.createElement(tag));
      parts[name].className = name;
    }
    for (const name of ["mean", "whisker", "box"]) {
      parts[name] = parts.rail.appendChild(document.createElement("i"));
      parts[name].className = name;
    }
    $("bars").append(row);
    rows.push(parts);
  }

  let answer = null;

  function idle() {
    answer = null;
    alarm("");
    $("answer").classList.add("idle");
    $("set").hidden = true;
    $("verdict").classList.remove("refused");
    $("word").textContent = "–";
    const blank = fields ? missing() : [];
    $("sure").textContent = draws ? "nothing drawn yet"
      : blank.length && blank.length < cells.length ? "still to fill in: " + blank.join(", ") : "nothing to look at yet";
    rows.forEach((parts, k) => {
      parts.row.className = "";
      parts.name.textContent = names[k];
      parts.share.textContent = "";
    });
    for (const id of ["aleatoric", "epistemic"]) {
      $(id).textContent = "–";
      $(id + "-bar").style.transform = "scaleX(0)";
    }
    $("invert-tick").hidden = !upload || !grey;
    explain(false);
    if (!upload) {
      const view = $("view");
      view.getContext("2d").clearRect(0, 0, view.width, view.height);
    }
    speak("");
  }

  /** Rounds a number to two digits of what it is uncertain by. */
  function rounded(value, uncertainty) {
    const digits = uncertainty > 0 ? 1 - Math.floor(Math.log10(uncertainty)) : 4;
    return digits <= 0 ? Math.round(value).toString() : value.toFixed(Math.min(digits, 12));
  }

  const spans = [];

  /** Places a number and its interval on a rail that reaches as far as all intervals so far. */
  function range(parts, one, i, epistemic) {
    const [low, high] = one.interval_95;
    const margin = 0.5 * (high - low);
    const span = spans[i] ??= [low - margin, high + margin];
    span[0] = Math.min(span[0], low - margin);
    span[1] = Math.max(span[1], high + margin);
    const at = value => 100 * (value - span[0]) / (span[1] - span[0] || 1);
    for (const [mark, from, to] of [[parts.whisker, low, high], [parts.box, one.mean - epistemic, one.mean + epistemic]]) {
      mark.style.left = at(from) + "%";
      mark.style.width = at(to) - at(from) + "%";
    }
    parts.mean.style.left = at(one.mean) + "%";
  }

  /** Tells each number with its interval, or each label with its probability. */
  function tell(next) {
    const all = next.predictions || [next];
    alarm("");
    $("answer").classList.remove("idle");
    const of = (one, part) => one[part + "_std"] ?? Math.sqrt(one[part]);
    const texts = all.map((one, i) => {
      const parts = rows[i];
      if (one.label !== undefined) {
        parts.mean.style.transform = "scaleX(" + one.probability + ")";
        parts.whisker.hidden = parts.box.hidden = true;
        parts.share.textContent = percent(one.probability);
        return one.label + ": " + percent(one.probability);
      }
      const total = Math.hypot(of(one, "aleatoric"), of(one, "epistemic"));
      range(parts, one, i, of(one, "epistemic"));
      parts.share.textContent = one.interval_95.map(end => rounded(end, total)).join(" to ");
      return one.target + ": " + rounded(one.mean, total);
    });
    $("word").textContent = texts.join(", ");
    $("sure").textContent = all.length === 1 && all[0].interval_95 ? "95 % from " + rows[0].share.textContent : "";
    const whole = Math.hypot(of(all[0], "aleatoric"), of(all[0], "epistemic"));
    for (const id of ["aleatoric", "epistemic"]) {
      $(id).textContent = (facts.labels ? all.slice(0, 1) : all)
        .map(one => rounded(of(one, id), of(one, id))).join(", ");
      $(id + "-bar").style.transform = "scaleX(" + (whole ? of(all[0], id) / whole : 0) + ")";
    }
    speak($("word").textContent + ", " + $("sure").textContent);
  }

  function show(next) {
    if (numeric) {
      tell(next);
      return;
    }
    answer = next;
    alarm("");
    $("answer").classList.remove("idle");
    let order = facts.classes.map((name, k) => k);
    if (facts.classes.length > MOST_BARS) {
      order.sort((a, b) => next.probabilities[facts.classes[b]] - next.probabilities[facts.classes[a]]);
    }
    rows.forEach((parts, i) => {
      const name = facts.classes[order[i]];
      const p = next.probabilities[name];
      const [low, quarter, , threeQuarters, high] = next.quantiles[name];
      parts.row.className = name === next.class ? "best" : "";
      parts.name.textContent = parts.name.title = name;
      parts.share.textContent = percent(p);
      parts.mean.style.transform = "scaleX(" + p + ")";
      place(parts.whisker, low, high);
      place(parts.box, quarter, threeQuarters);
      parts.row.setAttribute("aria-label", name + ": " + percent(p)
        + (several ? ", between " + percent(low) + " and " + percent(high) : ""));
    });
    const most = 1 - 1 / facts.classes.length;
    for (const id of ["aleatoric", "epistemic"]) {
      const variance = next[id];
      $(id).textContent = variance > 0 && variance < 0.00005 ? "< 0.0001" : variance.toFixed(variance < 0.01 ? 4 : 3);
      $(id + "-bar").style.transform = "scaleX(" + Math.min(1, Math.sqrt(variance / most)) + ")";
    }
    $("set").hidden = !next.classes;
    if (next.classes) {
      $("set").replaceChildren(...(next.classes.length
        ? ["In " + percent(facts.coverage, 1) + " of all cases the true class is in the set it gives, here: ", bold(next.classes.join(", ")), "."]
        : ["In " + percent(facts.coverage, 1) + " of all cases the true class is in the set it gives. Here it gives none: it is as unsure as seldom."]));
    }
    $("invert-tick").hidden = !upload || !grey;
    explain(next.hint && !$("invert").checked);
    judge();
  }

  function place(mark, low, high) {
    mark.hidden = !several || high - low < 0.003;
    mark.style.left = 100 * low + "%";
    mark.style.width = 100 * (high - low) + "%";
  }

  /** Gives the answer, or refuses it, by the risk that is accepted now. */
  function judge() {
    if (!answer) return;
    const refused = !(answer.probability >= threshold);
    $("verdict").classList.toggle("refused", refused);
    $("word").textContent = refused ? "I don’t know" : answer.class;
    $("sure").textContent = refused
      ? "best guess: " + answer.class + ", " + percent(answer.probability)
      : percent(answer.probability) + " sure";
    speak((refused ? "I don’t know; best guess " : "") + answer.class + ", " + percent(answer.probability) + ".");
  }

  let speaking = 0;

  /** Tells screen readers, once the answer rests. */
  function speak(text) {
    clearTimeout(speaking);
    speaking = setTimeout(() => { $("spoken").textContent = text; }, 500);
  }

  // ---------------------------------------------------------------- risk

  const slider = $("risk");
  const STEPS = Number(slider.max);
  const points = facts.risks;
  const full = points ? points[points.length - 1].risk : 0;
  // Low risks are what one chooses among: they get more of the way.
  const risk = () => full * (slider.value / STEPS) ** 2;
  let threshold = 0.5;

  function within(most) {
    for (let i = points.length - 1; i >= 0; i--) {
      if (points[i].risk <= most + 1e-12) return points[i];
    }
    return null;
  }

  function chosen() {
    if (!points) {
      threshold = slider.value / STEPS;
      const text = percent(threshold, 0);
      $("risk-value").textContent = text;
      slider.setAttribute("aria-valuetext", text);
    } else {
      const point = within(risk());
      threshold = point ? Math.min(1, point.confidence) : Infinity;
      const text = percent(risk(), 2);
      $("risk-value").textContent = text;
      slider.setAttribute("aria-valuetext", text + " wrong, " + (point ? percent(point.coverage) : "nothing") + " answered");
      const examples = facts.examples.toLocaleString("en");
      const wrong = point && (facts.delta
        ? [", and at most ", bold(percent(point.risk, 2)), " of such answers are wrong, which is " + percent(1 - facts.delta, 0) + " certain. It refuses what it is less sure of than "]
        : [", and ", bold(percent(point.risk, 2)), " of these answers were wrong. It refuses what it is less sure of than "]);
      $("promise").replaceChildren(...(point
        ? ["Of " + examples + " held-out examples it then answered ", bold(percent(point.coverage, 1)),
          ...wrong, bold(percent(threshold, threshold > 0.995 ? 3 : 1)), "."]
        : facts.delta
          ? ["So low a risk can be promised of none by " + examples + " held-out examples: it refuses everything."]
          : ["At so low a risk it answered none of " + examples + " held-out examples: it refuses everything."]));
      mark(point);
    }
    judge();
  }

  function bold(text) {
    const element = document.createElement("b");
    element.textContent = text;
    return element;
  }

  const SVG = "http://www.w3.org/2000/svg";
  const across = coverage => 46 + 310 * coverage;
  const up = share => 96 - 76 * (full ? share / full : 0);

  function svg(name, attributes, text) {
    const element = document.createElementNS(SVG, name);
    for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
    if (text !== undefined) element.textContent = text;
    $("curve").append(element);
    return element;
  }

  function chart() {
    $("curve").removeAttribute("hidden");
    $("curve").setAttribute("aria-label", "Risk-coverage curve: share of wrong answers by share of " + examples + " answered");
    for (const share of [0, full]) {
      svg("line", {class: "grid", x1: 46, x2: 356, y1: up(share), y2: up(share)});
      svg("text", {class: "tick end", x: 40, y: up(share) + 4}, percent(share, full < 0.1 ? 1 : 0));
    }
    for (const coverage of [0, 0.25, 0.5, 0.75, 1]) {
      svg("text", {class: "tick middle", x: across(coverage), y: 112}, percent(coverage, 0));
    }
    svg("text", {class: "title", x: 4, y: 11}, "wrong answers");
    svg("text", {class: "title middle", x: 201, y: 129}, examples + " answered");
    svg("line", {class: "axis", x1: 46, x2: 356, y1: 96, y2: 96});
    let line = "M" + across(0) + " " + up(points[0].risk) + "H" + across(points[0].coverage);
    for (let i = 1; i < points.length; i++) {
      line += "L" + across(points[i].coverage).toFixed(2) + " " + up(points[i].risk).toFixed(2);
    }
    svg("path", {class: "covered", d: "", id: "covered"});
    svg("path", {class: "line first", d: line});
    svg("line", {class: "here", id: "here", x1: 46, x2: 356});
    svg("circle", {class: "at", id: "at", r: 5});
  }

  function mark(point) {
    const y = up(Math.min(risk(), full));
    $("here").setAttribute("y1", y);
    $("here").setAttribute("y2", y);
    const x = across(point ? point.coverage : 0);
    $("at").setAttribute("cx", x);
    $("at").setAttribute("cy", point ? up(point.risk) : y);
    $("covered").setAttribute("d", "M46 20H" + x + "V96H46Z");
  }

  if (points) {
    $("risk-label").textContent = "Share of wrong answers you accept";
    chart();
    slider.value = Math.round(STEPS * Math.sqrt(full ? Math.min(1, (facts.risk ?? full / 2) / full) : 1));
  } else {
    $("risk-label").textContent = "Refuse answers less sure than";
    $("promise").textContent = "The checkpoint does not say how often the network errs at which confidence, so this is a plain threshold. Networks that train has written since say it.";
    slider.value = Math.round(STEPS * facts.confidence);
  }
  slider.addEventListener("input", chosen);

  // ---------------------------------------------------------------- hands

  function at(event) {
    const box = pad.getBoundingClientRect();
    return {x: (event.clientX - box.left) * SIDE / box.width, y: (event.clientY - box.top) * SIDE / box.height};
  }

  const pen = {x: SIDE / 2, y: SIDE / 2, down: false, shown: false};
  let pointer = null;

  function begin(point) {
    if (picture || upload) forget();
    strokes.push([point]);
  }

  if (draws) {
    pad.addEventListener("pointerdown", event => {
      if (event.button !== 0 || pointer !== null) return;
      event.preventDefault();
      pad.setPointerCapture(event.pointerId);
      pointer = event.pointerId;
      pen.shown = false;
      begin(at(event));
      changed();
    });
    pad.addEventListener("pointermove", event => {
      if (event.pointerId !== pointer) return;
      const stroke = strokes[strokes.length - 1];
      const moves = event.getCoalescedEvents ? event.getCoalescedEvents() : [];
      for (const move of moves.length ? moves : [event]) stroke.push(at(move));
      changed();
    });
    for (const end of ["pointerup", "pointercancel"]) {
      pad.addEventListener(end, event => {
        if (event.pointerId === pointer) pointer = null;
      });
    }
    pad.addEventListener("keydown", event => {
      const step = event.shiftKey ? 4 : 14;
      const move = {ArrowLeft: [-step, 0], ArrowRight: [step, 0], ArrowUp: [0, -step], ArrowDown: [0, step]}[event.key];
      if (move) {
        pen.x = Math.max(0, Math.min(SIDE, pen.x + move[0]));
        pen.y = Math.max(0, Math.min(SIDE, pen.y + move[1]));
        pen.shown = true;
        if (pen.down) strokes[strokes.length - 1].push({x: pen.x, y: pen.y});
      } else if (event.key === " ") {
        pen.shown = true;
        pen.down = !pen.down;
        if (pen.down) begin({x: pen.x, y: pen.y});
      } else if (event.key === "Delete" || event.key === "Backspace") {
        forget();
      } else {
        return;
      }
      event.preventDefault();
      if (move && !pen.down) paint();
      else changed();
    });
    pad.addEventListener("blur", () => {
      pen.down = pen.shown = false;
      paint();
    });
  }

  function changed() {
    paint();
    ask();
  }

  function forget() {
    strokes = [];
    picture = upload = null;
    $("invert").checked = false;
    for (const input of [$("numbers"), ...cells]) input.value = "";
    pen.down = false;
  }

  $("clear").addEventListener("click", () => {
    forget();
    changed();
  });
  $("undo").addEventListener("click", () => {
    strokes.pop();
    changed();
  });
  $("numbers").addEventListener("input", changed);
  $("invert").addEventListener("change", () => {
    preview(picture);
    ask();
  });

  async function take(file) {
    if (!file || !facts.pictures) return;
    if (file.size > facts.mostBytes) {
      alarm("The picture has " + file.size + " bytes, expected at most " + facts.mostBytes + ": make it smaller.");
      return;
    }
    forget();
    $("invert").checked = facts.invert;
    upload = file;
    try {
      picture = await createImageBitmap(file);
    } catch (e) {
      picture = null; // The server may know a format that the browser does not.
    }
    preview(picture);
    changed();
  }

  $("file").addEventListener("change", event => {
    take(event.target.files[0]);
    event.target.value = "";
  });
  let over = 0;
  addEventListener("dragenter", event => {
    event.preventDefault();
    over++;
    $("drop").classList.add("over");
  });
  addEventListener("dragleave", () => {
    if (--over <= 0) $("drop").classList.remove("over");
  });
  addEventListener("dragover", event => event.preventDefault());
  addEventListener("drop", event => {
    event.preventDefault();
    over = 0;
    $("drop").classList.remove("over");
    take(event.dataTransfer.files[0]);
  });
  addEventListener("paste", event => {
    const file = [...event.clipboardData.files].find(f => f.type.startsWith("image/"));
    if (file) take(file);
  });

  idle();
  chosen();
  paint();
})();

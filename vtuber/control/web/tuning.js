// Filters and parameters on the control page: sliders in, commands `filter`, `range` and `set` out.
// Rows are made once and only change, so that whoever holds a slider keeps it.
window.makeTuning = function (ask, quoted) {
  "use strict";
  const SEND_MS = 80; // between the commands of a slider that is drawn
  const STEPS = 1000;
  const FIRST = 2; // knobs of each filter that are seen at once; the others are for the curious
  const BEND = 3; // sliders are finer at their lower end: 0.01 to 100 Hz in one
  const get = (id) => document.getElementById(id);
  let words = {};
  let facts = { knobs: {}, strength: [0, 10], parameters: {} };
  let now = null; // the performer who is shown
  let chosen = ""; // the parameter that is open
  const knobs = []; // {group, knob, slider, number, back, low, high}
  const rows = new Map(); // parameter: {row, bar, mark, value}

  function element(kind, className, text) {
    const made = document.createElement(kind);
    if (className) { made.className = className; }
    if (text !== undefined) { made.textContent = text; }
    return made;
  }

  // ---- sending: the newest line of a slider, not every one

  const waiting = new Map(); // what: line
  let sending = 0;

  function later(what, line) {
    waiting.set(what, line);
    if (!sending) { sending = setTimeout(send, SEND_MS); }
  }

  function send() {
    sending = 0;
    for (const line of waiting.values()) { ask(line, false); }
    waiting.clear();
  }

  const isHeld = (input) => document.activeElement === input || [...waiting.keys()].includes(input);
  const short = (value) => String(Number(value.toPrecision(3)));

  // ---- filters

  function learn(newFacts) {
    facts = newFacts;
    makeKnobs();
    makeRows();
  }

  function makeKnobs() {
    knobs.length = 0;
    const groups = [["all", { strength: facts.strength }],
      ...["head", "position", "gaze", "brows", "mouth", "lids"].map((name) => [name, facts.knobs])];
    get("knobs").replaceChildren(...groups.map(([group, table]) => {
      const box = element("fieldset");
      const legend = element("legend");
      legend.dataset.word = group;
      const made = Object.entries(table).map(([knob, range]) => knobRow(group, knob, range));
      box.append(legend, ...made.slice(0, FIRST));
      if (made.length > FIRST) {
        const more = element("details");
        const summary = element("summary");
        summary.dataset.word = "more";
        more.append(summary, ...made.slice(FIRST));
        box.append(more);
      }
      return box;
    }));
    name();
  }

  function knobRow(group, knob, [low, high]) {
    const row = element("div", "knob");
    const label = element("span", "label");
    label.dataset.word = knob;
    const slider = document.createElement("input");
    slider.type = "range";
    slider.min = 0;
    slider.max = STEPS;
    const number = element("output");
    const back = element("button", "back", "\u21ba");
    const one = { group, knob, slider, number, back, low, high };
    slider.addEventListener("input", () => {
      const value = low + (high - low) * Math.pow(slider.value / STEPS, BEND);
      number.textContent = short(value);
      later(slider, "filter " + group + " " + knob + " " + short(Math.min(Math.max(value, low), high)));
    });
    back.addEventListener("click", () => ask("filter " + group + " " + knob, false));
    row.append(label, slider, number, back);
    knobs.push(one);
    return row;
  }

  function showKnobs(state) {
    const tuned = state.tuned.filter || {};
    for (const one of knobs) {
      const isAll = one.group === "all";
      const value = isAll ? state.strength : state.groups[one.group][one.knob];
      const isTuned = isAll ? state.tuned.smoothing !== undefined
        : one.knob in (tuned[one.group] || {});
      one.back.style.visibility = isTuned ? "visible" : "hidden";
      if (isHeld(one.slider)) { continue; }
      const share = value === null ? 1 : (value - one.low) / (one.high - one.low);
      one.slider.value = Math.round(STEPS * Math.pow(share, 1 / BEND));
      one.number.textContent = value === null ? "\u221e" : short(value);
      one.slider.setAttribute("aria-valuetext", one.number.textContent);
    }
  }

  // ---- parameters

  function makeRows() {
    rows.clear();
    chosen = "";
    get("parameters").replaceChildren();
  }

  function rowOf(parameter) {
    if (rows.has(parameter)) { return rows.get(parameter); }
    const row = element("li");
    const button = element("button", "parameter");
    const bar = element("span", "bar");
    const fill = element("i");
    const mark = element("em");
    const value = element("span", "value");
    bar.append(fill, mark);
    button.append(element("span", "name", parameter), bar, value);
    button.setAttribute("aria-expanded", "false");
    button.addEventListener("click", () => choose(chosen === parameter ? "" : parameter));
    row.append(button);
    get("parameters").append(row);
    const made = { row, button, fill, mark, value };
    rows.set(parameter, made);
    filter();
    return made;
  }

  const edges = (parameter) => facts.parameters[parameter] || [0, 1];

  // of a bar: degrees and centimetres are small beside what is allowed
  function span(parameter) {
    const [low, high] = edges(parameter);
    return high > 1 ? [-30, 30] : [low, high];
  }

  function share(parameter, value) {
    const [low, high] = span(parameter);
    return 100 * Math.min(Math.max((value - low) / (high - low), 0), 1);
  }

  function showRows() {
    const ranges = now.tuning.tuned.range || {};
    for (const [parameter, value] of Object.entries(now.pose)) {
      const one = rowOf(parameter);
      const zero = share(parameter, 0);
      const at = share(parameter, value);
      one.fill.style.left = Math.min(zero, at) + "%";
      one.fill.style.width = Math.abs(at - zero) + "%";
      const measured = now.measured[parameter];
      one.mark.hidden = measured === undefined || !now.is_seen;
      if (!one.mark.hidden) { one.mark.style.left = share(parameter, measured) + "%"; }
      one.value.textContent = value.toFixed(2);
      one.row.classList.toggle("tuned", parameter in ranges);
    }
    for (const [parameter, one] of rows) {
      if (!(parameter in now.pose)) { one.row.remove(); rows.delete(parameter); }
    }
    if (chosen && editor.isConnected) { showEditor(ranges[chosen]); }
  }

  function filter() {
    const wanted = get("search").value.trim().toLowerCase();
    for (const [parameter, one] of rows) {
      one.row.hidden = !parameter.toLowerCase().includes(wanted);
    }
  }

  // ---- the editor of one parameter: where it is measured, where it shows, and a hand that holds it

  const editor = element("div", "editor");
  const fields = {};
  let told = []; // by the show: the range of the fields, with every digit
  const measuredNow = element("output");
  const holder = document.createElement("input");
  holder.type = "range";
  holder.min = 0;
  holder.max = STEPS;
  const held = element("output");

  function field(id, word) {
    const input = document.createElement("input");
    input.type = "number";
    input.step = "any";
    input.setAttribute("inputmode", "decimal");
    input.dataset.label = word;
    input.addEventListener("change", sendRange);
    fields[id] = input;
    return input;
  }

  function labelled(word, ...parts) {
    const line = element("div", "line");
    const label = element("span", "label");
    label.dataset.word = word;
    line.append(label, ...parts);
    return line;
  }

  function worded(kind, word, act) {
    const made = element(kind);
    made.dataset.word = word;
    if (act) { made.addEventListener("click", act); }
    return made;
  }

  function buildEditor() {
    const capture = (id) => () => {
      fields[id].value = short(now.measured[chosen] || 0);
      sendRange();
    };
    const plain = worded("button", "plain", () => ask("range " + quoted(chosen), false));
    const letGo = worded("button", "let_go", () => { held.textContent = ""; ask("set " + quoted(chosen), false); });
    holder.dataset.label = "hold";
    holder.addEventListener("input", () => {
      const [low, high] = span(chosen);
      const value = short(low + (high - low) * holder.value / STEPS);
      held.textContent = value;
      later(holder, "set " + quoted(chosen) + " " + value);
    });
    editor.append(
      labelled("measured", measuredNow, worded("button", "lowest", capture("low")),
        worded("button", "highest", capture("high"))),
      labelled("from", field("low", "from"), worded("span", "to"), field("high", "to")),
      labelled("shows", field("to_low", "shows"), worded("span", "to"), field("to_high", "to"), plain),
      labelled("hold", holder, held, letGo));
  }

  function sendRange() {
    const values = ["low", "high", "to_low", "to_high"].map((id, i) => {
      const value = fields[id].value.trim();
      return told.length && value === short(told[i]) ? String(told[i]) : value;
    });
    if (values.every((value) => value !== "" && isFinite(value))) {
      ask("range " + quoted(chosen) + " " + values.join(" "), true);
    }
  }

  function choose(parameter) {
    if (rows.has(chosen)) { rows.get(chosen).button.setAttribute("aria-expanded", "false"); }
    chosen = parameter;
    editor.remove();
    if (!parameter) { return; }
    const one = rows.get(parameter);
    one.button.setAttribute("aria-expanded", "true");
    one.row.append(editor);
    held.textContent = "";
    const isTracked = parameter in now.measured; // an avatar's own parameter is nobody's to measure
    [...editor.children].slice(0, 3).forEach((line) => { line.hidden = !isTracked; });
    name();
    showEditor((now.tuning.tuned.range || {})[parameter], true);
    editor.scrollIntoView({ block: "nearest" });
  }

  function showEditor(range, isNew) {
    const [low, high] = edges(chosen);
    const numbers = range ? [...range.measured, ...range.shown] : [low, high, low, high];
    if (isNew || told.join() !== numbers.join()) { // else what a hand has written is on its way
      told = numbers;
      ["low", "high", "to_low", "to_high"].forEach((id, i) => { fields[id].value = short(numbers[i]); });
    }
    measuredNow.textContent = (now.measured[chosen] || 0).toFixed(2);
    if (!isHeld(holder)) {
      const [from, to] = span(chosen);
      holder.value = Math.round(STEPS * (Math.min(Math.max(now.pose[chosen], from), to) - from) / (to - from));
    }
  }

  // ---- what page.js calls

  function name() {
    for (const root of [get("knobs"), editor]) {
      for (const each of root.querySelectorAll("[data-word]")) { each.textContent = words[each.dataset.word]; }
      for (const each of root.querySelectorAll("[data-label]")) {
        each.setAttribute("aria-label", words[each.dataset.label]);
      }
    }
    get("search").placeholder = words.search || "";
    for (const one of knobs) {
      one.slider.setAttribute("aria-label", words[one.group] + ", " + words[one.knob]);
      one.back.setAttribute("aria-label", words.back);
      one.back.title = words.back;
    }
  }

  function show(performer) {
    now = performer;
    const state = now.tuning;
    for (const each of document.querySelectorAll(".unkept")) { each.hidden = state.is_kept; }
    for (const each of document.querySelectorAll(".keep")) {
      each.disabled = state.is_kept || !state.profile;
      each.textContent = words.tuning_save + (state.profile ? " " + state.profile : "");
    }
    if (get("filters").open) { showKnobs(state); }
    if (get("values").open) { showRows(); }
  }

  get("search").addEventListener("input", filter);
  buildEditor();
  // What was refused is not there: fields show again what the show tells.
  const refused = () => { told = []; };
  return { learn: learn, show: show, refused: refused, speak: (newWords) => { words = newWords; name(); } };
};

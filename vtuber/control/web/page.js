// The control page of a show. Commands go out as lines over a WebSocket and are answered in words:
//   out  {"id": NUMBER, "line": COMMAND}
//   in   {"facts": ...} once, {"now": {status, performers}} twice a second,
//        {"answer": {id, is_done, said}}
(function () {
  "use strict";
  const RETRY_MS = 1000;
  const PICTURE_MS = 66; // between pictures; none is asked for while the page is not seen
  const DRAG_MS = 40; // between the commands of a drag
  const KEPT = 120; // latencies: a minute
  const query = location.search;
  const get = (id) => document.getElementById(id);
  const stage = get("stage");
  const picture = get("picture");

  let words = WORDS.en;
  let socket = null;
  let count = 0;
  let facts = { avatars: [], items: [], camera: "" };
  let now = null;
  const latencies = [];
  const lines = new Map(); // number: the line that waits for its answer

  // For people who look into the console, and for the tests.
  window.vtuber = { connected: false, pictures: 0, answers: 0 };

  // ---- language

  function speak(language) {
    words = WORDS[language];
    document.documentElement.lang = language === "zh" ? "zh-CN" : "en";
    for (const each of document.querySelectorAll("[data-say]")) {
      each.textContent = words[each.dataset.say];
    }
    for (const each of document.querySelectorAll("[data-label]")) {
      each.setAttribute("aria-label", words[each.dataset.label]);
    }
    picture.alt = words.view;
    get("language").value = language;
    if (now) { show(); }
  }

  get("language").addEventListener("change", (event) => {
    remember("language", event.target.value);
    speak(event.target.value);
  });

  function remember(name, value) {
    try { localStorage.setItem("vtuber." + name, value); } catch (refused) { /* private window */ }
  }

  function remembered(name) {
    try { return localStorage.getItem("vtuber." + name); } catch (refused) { return null; }
  }

  // ---- the socket

  function connect() {
    socket = new WebSocket("ws://" + location.host + "/control/socket" + query);
    let opened = false;
    socket.onopen = () => { opened = window.vtuber.connected = true; nextPicture(); };
    socket.onmessage = (event) => hear(JSON.parse(event.data));
    socket.onclose = () => {
      window.vtuber.connected = false;
      get("state").className = "lost";
      get("state").textContent = words.lost;
      if (!opened) { tellRefusal(); }
      setTimeout(connect, RETRY_MS);
    };
  }

  async function tellRefusal() {
    try {
      const answer = await fetch("/control" + query, { method: "HEAD" });
      if (answer.status === 403) { get("state").textContent = words.refused; }
    } catch (gone) { /* nobody is there yet */ }
  }

  function hear(message) {
    if (message.facts) { facts = message.facts; }
    if (message.now) { now = message.now; keepLatency(); }
    if (message.answer) { tell(message.answer); }
    if (now) { show(); }
  }

  function ask(line, speaksUp) {
    if (!window.vtuber.connected) { return; }
    count += 1;
    lines.set(count, { line: line, speaksUp: speaksUp });
    socket.send(JSON.stringify({ id: count, line: addressed(line) }));
  }

  function addressed(line) {
    const whom = get("performer").value;
    const isForAll = /^\s*(@|quit|background)/.test(line);
    return whom && !isForAll ? "@" + whom + " " + line : line;
  }

  function tell(answer) {
    const asked = lines.get(answer.id);
    lines.delete(answer.id);
    window.vtuber.answers += 1;
    if (!asked || (answer.is_done && !asked.speaksUp)) { return; }
    get("answer").className = answer.is_done ? "" : "refused";
    get("answer").textContent = answer.said || words.done + asked.line;
  }

  // ---- buttons

  const quoted = (name) => /[\s'"]/.test(name) ? "'" + name.replace(/'/g, "'\"'\"'") + "'" : name;

  // [label, command, pressed or null]
  function fill(id, wanted) {
    const row = get(id);
    const key = JSON.stringify(wanted.map((one) => one.slice(0, 2)));
    if (row.dataset.key !== key) {
      row.dataset.key = key;
      row.replaceChildren(...wanted.map((one) => {
        const button = document.createElement("button");
        button.textContent = one[0];
        button.dataset.line = one[1];
        return button;
      }));
    }
    wanted.forEach((one, i) => {
      if (one[2] !== null) { row.children[i].setAttribute("aria-pressed", String(one[2])); }
    });
  }

  document.addEventListener("click", (event) => {
    const button = event.target.closest("button");
    if (button && button.dataset.line) { ask(button.dataset.line, true); }
    if (button && button.dataset.set) {
      get("line").value = "set " + button.dataset.set + " ";
      get("line").focus();
    }
  });

  get("ask").addEventListener("submit", (event) => {
    event.preventDefault();
    if (get("line").value.trim()) { ask(get("line").value, true); }
    get("line").select();
  });

  // ---- what is the case

  function performer() {
    const whom = get("performer").value;
    return now.performers.find((one) => one.performer === whom) || now.performers[0];
  }

  function show() {
    const one = performer();
    const entries = (table) => Object.entries(table);
    const isNeutral = !entries(one.expressions).some(([n, on]) => on && n !== "neutral");
    fill("expressions", [[words.neutral, "expression neutral", isNeutral],
      ...entries(one.expressions).filter(([n]) => n !== "neutral").map(([n, on]) => [n, "expression " + quoted(n), on])]);
    fill("outfits", entries(one.outfits).map(([n, on]) => [n, "outfit " + quoted(n), on]));
    fill("toggles", entries(one.toggles).map(([n, on]) => [n, "toggle " + quoted(n), on]));
    const items = { ...Object.fromEntries(facts.items.map((n) => [n, false])), ...one.items };
    fill("items", entries(items).map(([n, on]) =>
      [n, "item " + quoted(n) + (on ? " hide" : " show"), on]));
    fill("avatars", facts.avatars.map((n) => [n, "avatar " + quoted(n), null]));
    press("hide", one.is_hidden);
    get("hide").textContent = one.is_hidden ? words.hidden : words.hide;
    press("mirror", one.is_mirrored);
    showWhose();
    showFigures(now.status, one);
    if (get("values").open) { showValues(one.pose); }
    const isHere = ["127.0.0.1", "localhost"].includes(location.hostname);
    get("camera").hidden = !facts.camera || !isHere; // it is on this machine only
    if (facts.camera) { get("camera").href = facts.camera; }
  }

  function press(id, isOn) { get(id).setAttribute("aria-pressed", String(isOn)); }

  function showWhose() {
    const names = now.performers.map((one) => one.performer);
    const select = get("performer");
    get("whose").hidden = names.length < 2;
    if (names.length < 2 || select.children.length === names.length + 1) { return; }
    select.replaceChildren(...[...names, "all"].map((name) => {
      const option = document.createElement("option");
      option.value = name;
      option.textContent = name === "all" ? words.everybody : name;
      return option;
    }));
  }

  function showFigures(status, one) {
    get("state").className = "";
    get("state").textContent =
      words.connected + " · " + one.avatar + " · " + status.fps.toFixed(0) + " " + words.fps;
    const ms = (value) => value.toFixed(value < 10 ? 1 : 0);
    const rows = [
      [words.fps, status.fps.toFixed(1)], [words.late, String(status.late_beats)],
      [words.latency, ms(status.latency_ms)], [words.drawing, ms(status.draws_ms)],
      [words.tracker, status.track_hz === null ? "–" : status.track_hz.toFixed(1)],
      [words.face, one.is_seen ? words.found : words.none]
    ];
    get("figures").replaceChildren(...rows.map(([name, value]) => {
      const pair = document.createElement("div");
      pair.append(element("dt", name), element("dd", value));
      return pair;
    }));
    get("outputs").replaceChildren(...Object.entries(status.sinks).map(([name, sink]) =>
      tableRow([name, sink.frames, sink.dropped, sink.delay_ms.toFixed(0)])));
    drawGraph();
  }

  function showValues(pose) {
    const body = get("parameters");
    const names = Object.keys(pose);
    if (body.children.length !== names.length) {
      body.replaceChildren(...names.map((name) => {
        const row = tableRow(["", ""]);
        const button = element("button", name);
        button.dataset.set = name;
        row.firstChild.append(button);
        return row;
      }));
    }
    names.forEach((name, i) => { body.children[i].lastChild.textContent = pose[name].toFixed(2); });
  }

  function element(kind, text) {
    const made = document.createElement(kind);
    made.textContent = text;
    return made;
  }

  function tableRow(cells) {
    const row = document.createElement("tr");
    row.append(...cells.map((text) => element("td", String(text))));
    return row;
  }

  function keepLatency() {
    latencies.push(now.status.latency_ms);
    if (latencies.length > KEPT) { latencies.shift(); }
  }

  function drawGraph() {
    const canvas = get("graph");
    const context = canvas.getContext("2d");
    canvas.width = canvas.clientWidth;
    canvas.height = canvas.clientHeight;
    const most = Math.max(...latencies, 1);
    const top = Math.max(50, Math.ceil(most / 50) * 50);
    const y = (ms) => canvas.height * (1 - ms / top);
    context.font = "12px system-ui, sans-serif";
    context.fillStyle = "#a3aab8";
    context.strokeStyle = "#3a404d";
    for (const ms of [top / 2, top]) {
      const height = Math.max(1, y(ms));
      context.beginPath();
      context.moveTo(0, height);
      context.lineTo(canvas.width, height);
      context.stroke();
      context.fillText(String(ms), 6, height + 14);
    }
    context.strokeStyle = "#7cc4ff";
    context.lineWidth = 2;
    context.beginPath();
    latencies.forEach((ms, i) => {
      const x = canvas.width * (i + KEPT - latencies.length) / (KEPT - 1);
      if (i) { context.lineTo(x, y(ms)); } else { context.moveTo(x, y(ms)); }
    });
    context.stroke();
    get("span").textContent = words.most + " " + most.toFixed(0);
  }

  // ---- the picture: one is asked for when the one before is there

  function nextPicture() {
    if (!window.vtuber.connected || document.hidden) { return; }
    picture.src = "/control/picture.jpg" + query + "&n=" + (window.vtuber.pictures + 1);
  }

  picture.addEventListener("load", () => {
    window.vtuber.pictures += 1;
    stage.style.aspectRatio = picture.naturalWidth + " / " + picture.naturalHeight;
    setTimeout(nextPicture, PICTURE_MS);
  });
  picture.addEventListener("error", () => setTimeout(nextPicture, RETRY_MS));
  document.addEventListener("visibilitychange", nextPicture);

  // ---- moving by hand; lengths are fractions of the picture's height

  const fingers = new Map(); // pointer: [x, y]
  let moved = [0, 0];
  let zoomed = 1;
  let sending = 0;

  function later() {
    if (!sending) { sending = setTimeout(send, DRAG_MS); }
  }

  function send() {
    sending = 0;
    const [x, y] = moved;
    const factor = zoomed;
    moved = [0, 0];
    zoomed = 1;
    if (x || y) { ask("move " + x.toFixed(4) + " " + (-y).toFixed(4) + " over 0", false); }
    if (factor !== 1) { ask("zoom " + factor.toFixed(4) + " over 0", false); }
  }

  const spread = () => {
    const [a, b] = [...fingers.values()];
    return Math.hypot(a[0] - b[0], a[1] - b[1]);
  };

  stage.addEventListener("pointerdown", (event) => {
    fingers.set(event.pointerId, [event.clientX, event.clientY]);
    stage.setPointerCapture(event.pointerId);
    stage.classList.add("held");
  });
  stage.addEventListener("pointermove", (event) => {
    const before = fingers.get(event.pointerId);
    if (!before) { return; }
    const wide = fingers.size === 2 ? spread() : 0;
    fingers.set(event.pointerId, [event.clientX, event.clientY]);
    if (wide) {
      zoomed *= spread() / wide;
    } else if (fingers.size === 1) {
      moved[0] += (event.clientX - before[0]) / stage.clientHeight;
      moved[1] += (event.clientY - before[1]) / stage.clientHeight;
    }
    later();
  });
  for (const end of ["pointerup", "pointercancel"]) {
    stage.addEventListener(end, (event) => {
      fingers.delete(event.pointerId);
      if (!fingers.size) { stage.classList.remove("held"); }
    });
  }
  stage.addEventListener("wheel", (event) => {
    event.preventDefault();
    zoomed *= Math.exp(-Math.sign(event.deltaY) * 0.06);
    later();
  }, { passive: false });

  const KEYS = {
    ArrowLeft: "move -0.02 0", ArrowRight: "move 0.02 0", ArrowUp: "move 0 0.02",
    ArrowDown: "move 0 -0.02", "+": "zoom 1.1", "=": "zoom 1.1", "-": "zoom 0.909"
  };
  stage.addEventListener("keydown", (event) => {
    if (KEYS[event.key]) {
      event.preventDefault();
      ask(KEYS[event.key], false);
    }
  });

  const preferred = (navigator.language || "en").startsWith("zh") ? "zh" : "en";
  const kept = remembered("language");
  speak(kept in WORDS ? kept : preferred);
  connect();
})();

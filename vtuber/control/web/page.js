// The control page of a show. Commands go out as lines over a WebSocket and are answered in words:
//   out  {"id": NUMBER, "line": COMMAND}
//   in   {"facts": ...} once, {"now": {status, performers ...}} twice a second,
//        {"answer": {id, is_done, said}}
// Filters and parameters are in tuning.js, dragging and keys in hands.js.
(function () {
  "use strict";
  const RETRY_MS = 1000;
  const PICTURE_MS = 66; // between pictures; none is asked for while the page is not seen
  const KEPT = 120; // latencies: a minute
  const query = location.search;
  const get = (id) => document.getElementById(id);
  const stage = get("stage");
  const picture = get("picture");

  let words = WORDS.en;
  let socket = null;
  let count = 0;
  let facts = { avatars: {}, items: [] };
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
    get("camera").alt = words.camera;
    tuning.speak(words);
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
    if (message.facts) { facts = message.facts; tuning.learn(facts); }
    if (message.now) { now = message.now; keepLatency(); }
    if (message.answer) { tell(message.answer); } else if (now) { show(); }
  }

  function ask(line, speaksUp) {
    if (!window.vtuber.connected) { return; }
    count += 1;
    lines.set(count, { line: line, speaksUp: speaksUp });
    socket.send(JSON.stringify({ id: count, line: addressed(line) }));
  }

  function addressed(line) {
    const whom = get("performer").value;
    const isForAll = /^\s*(@|(quit|background|output|key|event|script)\b)/.test(line);
    return whom && !isForAll ? "@" + whom + " " + line : line;
  }

  function tell(answer) {
    const asked = lines.get(answer.id);
    lines.delete(answer.id);
    window.vtuber.answers += 1;
    if (!answer.is_done) { tuning.refused(); }
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
    const titles = Object.values(facts.avatars);
    const isOnly = (title) => titles.indexOf(title) === titles.lastIndexOf(title);  // of twins nobody knows
    fill("avatars", entries(facts.avatars).map(([n, title]) =>
      [isOnly(title) ? title : n, "avatar " + quoted(n), isOnly(title) && title === one.avatar]));
    press("hide", one.is_hidden);
    get("hide").textContent = one.is_hidden ? words.hidden : words.hide;
    press("mirror", one.is_mirrored);
    showWhose();
    fill("keys", now.keys.map((name) => [name, "key " + quoted(name), null]));
    showFigures(now.status, one);
    showOutputs(now.status);
    showHotkeys(now.hotkeys);
    get("seen").hidden = !now.has_camera;
    tuning.show(one);
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
      one.avatar + " · " + status.fps.toFixed(0) + " " + words.fps;
    const ms = (value) => value.toFixed(value < 10 ? 1 : 0);
    const rows = [
      [words.fps, status.fps.toFixed(1)], [words.late, String(status.late_beats)],
      [words.latency, status.latency_ms ? ms(status.latency_ms) : "–"], [words.drawing, ms(status.draws_ms)],
      [words.tracker, status.track_hz === null ? "–" : status.track_hz.toFixed(1)],
      [words.face, one.is_seen ? words.found : words.none]
    ];
    get("figures").replaceChildren(...rows.map(([name, value]) => {
      const pair = document.createElement("div");
      pair.append(element("dt", name), element("dd", value));
      return pair;
    }));
    drawGraph();
  }

  // A switch for each output, how it is, and what it got: rows stay, so that focus does, too.
  function showOutputs(status) {
    const list = get("outputs");
    const names = Object.keys(status.outputs);
    if (list.dataset.names !== names.join()) {
      list.dataset.names = names.join();
      list.replaceChildren(...names.map((name) => {
        const row = element("li", "");
        const button = element("button", "");
        button.setAttribute("role", "switch");
        button.setAttribute("aria-label", name);
        row.append(element("b", name), element("span", ""), button, element("small", ""));
        return row;
      }));
    }
    names.forEach((name, i) => {
      const [state, why] = status.outputs[name];
      const [, badge, button, told] = list.children[i].children;
      const got = status.sinks[name];
      const isOn = state !== "off" && state !== "closing";
      badge.textContent = words[state];
      badge.className = "badge " + state;
      button.setAttribute("aria-checked", String(isOn));
      button.dataset.line = "output " + quoted(name) + (isOn ? " off" : " on");
      button.disabled = state === "closing";
      const counts = got ? [got.frames + " " + words.pictures, got.dropped + " " + words.dropped,
        got.delay_ms.toFixed(0) + " " + words.after].join(" · ") : "";
      told.textContent = why || counts;
      told.className = why ? "why" : "";
    });
  }

  function showHotkeys(table) {
    const pairs = Object.entries(table);
    get("shortcuts").hidden = !pairs.length;
    if (get("hotkeys").dataset.key === JSON.stringify(pairs)) { return; }
    get("hotkeys").dataset.key = JSON.stringify(pairs);
    get("hotkeys").replaceChildren(...pairs.map(([key, line]) => {
      const pair = document.createElement("div");
      pair.append(element("dt", key), element("dd", line));
      return pair;
    }));
  }

  function element(kind, text) {
    const made = document.createElement(kind);
    made.textContent = text;
    return made;
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
    get("span").textContent = words.most + " " + Math.max(...latencies, 0).toFixed(0);
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

  // ---- the camera: only while somebody looks

  const CAMERA_MS = 150;
  const camera = get("camera");
  let looks = 0;

  function nextLook() {
    if (!get("seen").open || get("seen").hidden || document.hidden || !window.vtuber.connected) { return; }
    looks += 1;
    camera.src = "/control/camera.jpg" + query + "&n=" + looks;
  }

  camera.addEventListener("load", () => { window.vtuber.looks = looks; setTimeout(nextLook, CAMERA_MS); });
  camera.addEventListener("error", () => setTimeout(nextLook, RETRY_MS));
  get("seen").addEventListener("toggle", nextLook);
  document.addEventListener("visibilitychange", nextLook);

  // ---- which panels are open is remembered, but for the camera's

  for (const panel of document.querySelectorAll("details.panel:not(#seen)")) {
    panel.open = remembered("open." + panel.id) === "yes";
    panel.addEventListener("toggle", () => {
      remember("open." + panel.id, panel.open ? "yes" : "no");
      if (now) { show(); }
    });
  }

  window.listenToHands(stage, ask, (name) => {
    const isHere = ["127.0.0.1", "localhost"].includes(location.hostname);
    const isWanted = now && now.keys.includes(name) && !(now.hears_keys && isHere);
    if (isWanted) { ask("key " + quoted(name), true); }
    return isWanted;
  });

  const tuning = window.makeTuning(ask, quoted);
  const preferred = (navigator.language || "en").startsWith("zh") ? "zh" : "en";
  const kept = remembered("language");
  speak(kept in WORDS ? kept : preferred);
  connect();
})();

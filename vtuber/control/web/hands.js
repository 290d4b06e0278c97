// Hands on the control page: the picture is dragged, zoomed and moved by keys, and keys are pressed
// for a script. Commands `move` and `zoom` out; lengths are fractions of the picture's height.
window.listenToHands = function (stage, ask, press) {
  "use strict";
  const DRAG_MS = 40; // between the commands of a drag
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

  // ---- keys as core/keynames.py calls them; who writes, or presses a button, means that

  const NAMES = { " ": "space", Escape: "esc", ArrowLeft: "left", ArrowRight: "right", ArrowUp: "up",
    ArrowDown: "down", PageUp: "page_up", PageDown: "page_down" };
  const HELD = [["ctrl", "ctrlKey"], ["alt", "altKey"], ["shift", "shiftKey"], ["super", "metaKey"]];

  // A sign that needs shift on this keyboard is the sign: ? and not shift+? alone.
  function namesOf(event) {
    const plain = /^F\d+$/.test(event.key) ? event.key : NAMES[event.key] || event.key.toLowerCase();
    const held = HELD.filter((each) => event[each[1]]).map((each) => each[0]);
    const isSign = plain.length === 1 && plain === plain.toUpperCase();
    const bare = isSign ? held.filter((word) => word !== "shift") : held;
    return [[...held, plain].join("+"), [...bare, plain].join("+")];
  }

  document.addEventListener("keydown", (event) => {
    const isForPage = ["Enter", " ", "Tab"].includes(event.key) || event.target.closest("input, select, #stage");
    if (!event.repeat && !isForPage && namesOf(event).some((name) => press(name))) { event.preventDefault(); }
  });
};

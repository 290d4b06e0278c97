// Draws the pictures that come over the WebSocket and acknowledges each, so that one is on its way.
// Plain ES5: the browser inside OBS is years older than the ones on the desktop.
//
// A message: 8 little-endian uint32 (sequence, width, height, left, top of the picture's box,
// bytes of the JPEG, latency of the picture before in ms, reserved), then a JPEG of the straight
// colour, then a PNG whose only content is alpha. No JPEG: an empty picture.
(function () {
  "use strict";
  var HEADER_BYTES = 32;
  var RETRY_MS = 500;
  var canvas = document.getElementById("picture");
  var context = canvas.getContext("2d");
  var figures = document.getElementById("figures");
  var debug = /[?&]debug\b/.test(location.search);
  var drawn = 0;
  var since = Date.now();
  var drawnSince = 0;
  var latency = 0;
  var latest = 0;

  // For people who look into the console, and for the tests.
  window.vtuber = { drawn: 0, sequence: 0, connected: false };

  function connect() {
    var socket = new WebSocket("ws://" + location.host + "/pictures");
    socket.binaryType = "arraybuffer";
    socket.onopen = function () { window.vtuber.connected = true; };
    socket.onmessage = function (event) { show(socket, event.data); };
    socket.onclose = function () {
      window.vtuber.connected = false;
      clear();
      setTimeout(connect, RETRY_MS);
    };
  }

  // A frozen avatar on a stream looks broken; an absent one looks as if it had left.
  function clear() { context.clearRect(0, 0, canvas.width, canvas.height); }

  function show(socket, data) {
    var head = new DataView(data, 0, HEADER_BYTES);
    var frame = {
      sequence: head.getUint32(0, true),
      width: head.getUint32(4, true),
      height: head.getUint32(8, true),
      left: head.getUint32(12, true),
      top: head.getUint32(16, true)
    };
    var bytes = head.getUint32(20, true);
    latency = head.getUint32(24, true);
    latest = frame.sequence;
    if (!bytes) {
      finish(socket, frame, null, null);
      return;
    }
    var waiting = 2;
    var colour = null;
    var matte = null;
    function arrived() {
      waiting -= 1;
      if (!waiting) { finish(socket, frame, colour, matte); }
    }
    decode(data.slice(HEADER_BYTES, HEADER_BYTES + bytes), "image/jpeg",
      function (image) { colour = image; arrived(); });
    decode(data.slice(HEADER_BYTES + bytes), "image/png",
      function (image) { matte = image; arrived(); });
  }

  function decode(buffer, type, done) {
    var blob = new Blob([buffer], { type: type });
    if (window.createImageBitmap) {
      window.createImageBitmap(blob).then(done, function () { done(null); });
      return;
    }
    var address = URL.createObjectURL(blob);
    var image = new Image();
    image.onload = function () { URL.revokeObjectURL(address); done(image); };
    image.onerror = function () { URL.revokeObjectURL(address); done(null); };
    image.src = address;
  }

  function finish(socket, frame, colour, matte) {
    if (socket.readyState === 1) {
      draw(frame, colour, matte);
      socket.send(String(frame.sequence));
      count(frame);
    }
    if (colour && colour.close) { colour.close(); }
    if (matte && matte.close) { matte.close(); }
  }

  function draw(frame, colour, matte) {
    if (canvas.width !== frame.width || canvas.height !== frame.height) {
      canvas.width = frame.width;
      canvas.height = frame.height;
    }
    if (!colour || !matte) {
      clear();
      return;
    }
    // Both operations clear what lies outside their image. Nothing is shown between them.
    context.globalCompositeOperation = "copy";
    context.drawImage(colour, frame.left, frame.top);
    context.globalCompositeOperation = "destination-in";
    context.drawImage(matte, frame.left, frame.top);
    context.globalCompositeOperation = "source-over";
  }

  function count(frame) {
    drawn += 1;
    drawnSince += 1;
    window.vtuber.drawn = drawn;
    window.vtuber.sequence = frame.sequence;
  }

  function showFigures() {
    var now = Date.now();
    var fps = drawnSince * 1000 / (now - since);
    since = now;
    drawnSince = 0;
    if (!window.vtuber.connected) {
      figures.textContent = "waiting for vtuber ...";
      return;
    }
    figures.textContent = fps.toFixed(1) + " fps\nlatency " + latency + " ms\npicture " + latest +
      "\nsize    " + canvas.width + "x" + canvas.height;
  }

  if (debug) {
    figures.style.display = "block";
    setInterval(showFigures, 500);
  }
  connect();
})();

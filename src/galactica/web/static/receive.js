// Receives an edition by the camera: reads the codes where the browser can, else sends grey pictures to be looked at here.
(() => {
  "use strict";
  const WIDTH = 1280, HEIGHT = 720;  // what is asked of the camera, and the largest picture that is sent
  const EVERY = 40;                  // milliseconds from one look to the next, at the least
  const LATEST = 2;                  // requests on the way
  const AGAIN = 10_000;              // milliseconds after which a code is sent once more: it may have been let go
  const QUIET = 4_000;               // milliseconds without a code after which is said what to do
  const ASK = 500;                   // milliseconds without an answer after which is asked how far it is
  const main = document.querySelector(".gx-receive"), words = main.dataset;
  const find = (selector) => main.querySelector(selector);
  const video = find("video"), start = find(".gx-start"), stage = find(".gx-stage"), bar = find("progress");
  const figures = find(".gx-figures"), which = find("select"), canvas = document.createElement("canvas");
  const sent = new Map();
  let detector = null, stream = null, going = 0, busy = false, over = false, ended = false, read = 0, foreign = 0, codes = 0, heard = 0;

  const say = (text) => { if (stage.textContent !== text) stage.textContent = text; };
  const fill = (text, values) => text.replace(/\{(\w+)\}/g, (all, name) => (name in values ? values[name] : all));

  const show = (state) => {
    if (ended) return; // replies to what was sent before the end; to open the edition twice would break off the first time
    bar.value = state.share;
    if (state.codes > codes) read = performance.now();
    const strange = state.foreign > foreign;
    ({ foreign, codes } = state);
    figures.textContent = fill(words.packets, { n: state.packets.toLocaleString(`${document.documentElement.lang}-u-nu-latn`), percent: Math.floor(100 * state.share) });
    const title = state.title || "";
    if (state.stage === "failed") { ended = true; stop(); say(`${fill(words.failed, {})} ${state.problem} ${state.remedy}`); }
    else if (state.stage === "done") { ended = true; stop(); say(fill(words.done, { title })); find(".gx-open").hidden = false; location.assign("/"); }
    else if (state.stage === "assembling") { stop(); say(fill(words.assembling, { title })); }
    else if (strange) say(words.foreign);
    else if (performance.now() - read > QUIET) say(words.nothing);
    else if (state.stage === "receiving") say(fill(words.receiving, { title }));
    else say(words.waiting);
  };

  const talk = async (options) => {
    going++;
    heard = performance.now();
    try {
      const answer = await fetch(words.seen, { cache: "no-store", ...options });
      if (answer.status === 429) return;
      const told = await answer.json();
      if (answer.ok) show(told);
      else { stop(); say(`${told.problem} ${told.remedy}`); }
    } catch {
      say(words.lost);
    } finally {
      going--;
    }
  };
  const ask = () => talk({ method: "GET" });
  const post = (type, body) => talk({ method: "POST", headers: { "Content-Type": type }, body });

  const stop = () => {
    over = true;
    if (stream) for (const track of stream.getTracks()) track.stop();
    video.hidden = true;
    start.hidden = true;
    find(".gx-which").hidden = true;
  };

  // Red, green and blue as the eye weighs them (ITU-R BT.601), in whole numbers.
  const grey = () => {
    const scale = Math.min(1, WIDTH / video.videoWidth, HEIGHT / video.videoHeight);
    const width = Math.round(video.videoWidth * scale), height = Math.round(video.videoHeight * scale);
    if (canvas.width !== width || canvas.height !== height) [canvas.width, canvas.height] = [width, height];
    const context = canvas.getContext("2d", { alpha: false, willReadFrequently: true });
    context.drawImage(video, 0, 0, width, height);
    const from = context.getImageData(0, 0, width, height).data, body = new Uint8Array(8 + width * height);
    const head = new DataView(body.buffer);
    head.setUint32(0, width);
    head.setUint32(4, height);
    for (let at = 0, to = 8; to < body.length; at += 4) body[to++] = (77 * from[at] + 150 * from[at + 1] + 29 * from[at + 2]) >> 8;
    return body;
  };

  const look = async () => {
    if (busy || over || video.readyState < 2 || !video.videoWidth || going >= LATEST) return;
    busy = true;
    try {
      if (detector) {
        const now = performance.now();
        const texts = (await detector.detect(video)).map((code) => code.rawValue);
        if (texts.some((text) => sent.has(text))) read = now;
        const found = texts.filter((text) => text && !(now - sent.get(text) < AGAIN));
        for (const text of found) sent.set(text, now);
        if (found.length) await post("application/json", JSON.stringify({ codes: found.slice(0, 64) }));
      } else {
        const body = grey();
        post("application/octet-stream", body);
      }
    } catch {
      detector = null;  // it is there and does not work: pictures are sent instead
    } finally {
      busy = false;
    }
  };

  const choose = async () => {
    const cameras = (await navigator.mediaDevices.enumerateDevices()).filter((device) => device.kind === "videoinput");
    which.replaceChildren(...cameras.map((device, number) => {
      const option = document.createElement("option");
      option.value = device.deviceId;
      option.textContent = device.label || String(number + 1);
      option.selected = stream.getVideoTracks()[0].getSettings().deviceId === device.deviceId;
      return option;
    }));
    find(".gx-which").hidden = cameras.length < 2;
  };

  const begin = async (device) => {
    if (!navigator.mediaDevices || !navigator.mediaDevices.getUserMedia) return say(words.missing);
    try {
      if (stream) for (const track of stream.getTracks()) track.stop();
      const where = device ? { deviceId: { exact: device } } : { facingMode: "environment" };
      stream = await navigator.mediaDevices.getUserMedia({
        video: { ...where, width: { ideal: WIDTH }, height: { ideal: HEIGHT }, frameRate: { ideal: 30 } }, audio: false,
      });
    } catch (error) {
      return say(error.name === "NotAllowedError" ? words.refused : words.missing);
    }
    video.srcObject = stream;
    video.hidden = false;
    start.hidden = true;
    say(words.waiting);
    await video.play();
    await choose();
  };

  const ready = (async () => {
    try {
      if ("BarcodeDetector" in window && (await BarcodeDetector.getSupportedFormats()).includes("qr_code"))
        detector = new BarcodeDetector({ formats: ["qr_code"] });
    } catch { detector = null; }
  })();
  start.addEventListener("click", async () => { await ready; await begin(""); });
  which.addEventListener("change", () => begin(which.value));
  setInterval(look, EVERY);
  setInterval(() => { if (!ended && !going && performance.now() - heard > ASK) ask(); }, ASK / 2);
  ask();
})();

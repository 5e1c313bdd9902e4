
// Plays the frames that stand in #frames: a line each, base64 of the modules row by row, a bit each, 1 dark.
(() => {
  "use strict";
  const WORDS = {
    en: {
      play: "Play", pause: "Pause", speed: "Speed", size: "Size", full: "Whole screen", rate: "{n} a second",
      hint: "Point a camera at the codes, all of them in view and sharp. Where it does not keep up, go slower. Keys: space, + and −, f.",
    },
    zh: {
      play: "播放", pause: "暂停", speed: "速度", size: "大小", full: "全屏", rate: "每秒 {n} 帧",
      hint: "将摄像头对准全部二维码，使其都在画面内并清晰；跟不上时请放慢速度。按键：空格、+ 和 −、f。",
    },
  };
  const words = WORDS[(navigator.language || "en").toLowerCase().startsWith("zh") ? "zh" : "en"];
  const at = (name) => document.getElementById(name);
  const told = document.body.dataset;
  const width = Number(told.width), height = Number(told.height), count = Number(told.count);
  const canvas = document.querySelector("canvas"), context = canvas.getContext("2d", { alpha: false });
  const lines = at("frames").textContent.trim().split("\n");
  const image = context.createImageData(width, height);
  const speed = at("speed"), size = at("size"), play = at("play");
  let shown = -1, place = 0, since = performance.now(), playing = true;

  canvas.width = width;
  canvas.height = height;
  const draw = (number) => {
    const bits = atob(lines[number]);
    const pixels = new Uint32Array(image.data.buffer);
    for (let i = 0; i < width * height; i++) pixels[i] = bits.charCodeAt(i >> 3) & (128 >> (i & 7)) ? 0xff000000 : 0xffffffff;
    context.putImageData(image, 0, 0);
    at("place").textContent = `${number + 1} / ${count}`;
    shown = number;
  };
  // A module is a whole number of the screen's own pixels, so that no edge is blurred.
  const fit = () => {
    const ratio = window.devicePixelRatio || 1;
    const below = document.fullscreenElement ? 0 : document.querySelector("form").offsetHeight;
    const room = Math.min(innerWidth * ratio / width, (innerHeight - below) * ratio / height);
    const scale = Math.max(1, Math.floor(room * Number(size.value) / 100));
    canvas.style.width = `${width * scale / ratio}px`;
    canvas.style.height = `${height * scale / ratio}px`;
    at("size-told").textContent = `${scale} px`;
  };
  const restart = () => { place = Math.max(0, shown); since = performance.now(); };
  const told_speed = () => { at("speed-told").textContent = words.rate.replace("{n}", speed.value); };
  const toggle = () => {
    playing = !playing;
    play.textContent = playing ? words.pause : words.play;
    restart();
  };
  const step = (now) => {
    if (playing) {
      const number = (place + Math.floor(Math.max(0, now - since) * Number(speed.value) / 1000)) % count;
      if (number !== shown) draw(number);
    }
    requestAnimationFrame(step);
  };
  const full = () => (document.fullscreenElement ? document.exitFullscreen() : document.documentElement.requestFullscreen());
  const faster = (by) => { speed.value = Number(speed.value) + by; restart(); told_speed(); };

  play.textContent = words.pause;
  at("full").textContent = words.full;
  at("speed-label").textContent = words.speed;
  at("size-label").textContent = words.size;
  at("hint").textContent = words.hint;
  play.addEventListener("click", toggle);
  at("full").addEventListener("click", full);
  speed.addEventListener("input", () => faster(0));
  size.addEventListener("input", fit);
  addEventListener("resize", fit);
  addEventListener("fullscreenchange", fit);
  addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === " " && event.target instanceof HTMLButtonElement) return;  // it presses the button
    if (event.key === " ") toggle();
    else if (event.key === "+" || event.key === "=") faster(1);
    else if (event.key === "-") faster(-1);
    else if (event.key === "f") full();
    else return;
    event.preventDefault();
  });
  const awake = () => { if (navigator.wakeLock) navigator.wakeLock.request("screen").catch(() => {}); };
  document.addEventListener("visibilitychange", awake);
  awake();
  told_speed();
  draw(0);
  fit();
  requestAnimationFrame(step);
})();

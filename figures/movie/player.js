// @ts-check
/// <reference lib="dom" />
/** Plays the frames of `movie.html` on its canvas. The data are those that movie_page.ts writes. */
(async () => {
  /** @param {string} id */
  const element = (id) => /** @type {HTMLElement} */ (document.getElementById(id));
  /**
   * @type {{ steps: number[], stepLabels: string[], markers: number[], pairs: number, quantum: number, frames: string,
   *   cluster: string, degree: string, clusters: { label: string, colour: string, ground: boolean }[],
   *   degrees: { label: string, colour: string }[],
   *   density?: { cells: number, levels: string, ranges: number[][], steps: string[], ofFrame: number[] } }}
   */
  const data = JSON.parse(element("data").textContent ?? "");
  const { pairs } = data;
  const lastFrame = data.steps.length - 1;
  const framesPerSecond = 10;
  const followedPairs = 20;

  /** @param {string} text */
  const bytesOf = (text) => Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
  const cluster = bytesOf(data.cluster);
  const degree = bytesOf(data.degree);
  const frames = await restoredFrames();
  const densityLevels = await restoredDensities();

  const canvas = /** @type {HTMLCanvasElement} */ (element("pairs"));
  const context = /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d"));
  const slider = /** @type {HTMLInputElement} */ (element("frame"));
  const colours = /** @type {HTMLSelectElement} */ (element("colours"));
  const playButton = element("play");
  const others = element("others");
  /** @type {HTMLElement | null} */
  const densityButton = document.getElementById("density");

  /** Frames and fractions of one, from 0 to `lastFrame`. */
  let time = lastFrame;
  let playing = false;
  /** @type {number | undefined} */
  let playedAt;
  let densityShown = data.density !== undefined;
  /** @type {HTMLCanvasElement[]} */
  let densityPictures = [];
  let choice = 0;
  let followed = chosenPairs();

  /** @param {string} text */
  async function inflated(text) {
    const stream = new Blob([bytesOf(text)]).stream().pipeThrough(new DecompressionStream("deflate-raw"));
    return await new Response(stream).arrayBuffer();
  }

  /** Weights of every frame, from the differences: encoder, then decoder, as fractions of the half side. */
  async function restoredFrames() {
    const differences = new Int16Array(await inflated(data.frames));
    /** @type {Float32Array[]} */
    const result = [];
    let current = new Float32Array(2 * pairs);
    for (let start = 0; start < differences.length; start += 2 * pairs) {
      const values = current.slice();
      for (let index = 0; index < values.length; index++) values[index] += differences[start + index] / data.quantum;
      result.push(values);
      current = values;
    }
    return result;
  }

  async function restoredDensities() {
    return data.density === undefined ? new Uint8Array() : new Uint8Array(await inflated(data.density.levels));
  }

  /** Paints every density in the colours of the levels, a pixel a cell. */
  function paintedDensities() {
    if (data.density === undefined) return [];
    const { cells, ranges } = data.density;
    /** @type {Uint8ClampedArray[]} */
    const colourOf = [new Uint8ClampedArray(4)];
    const probe = new OffscreenCanvas(1, 1).getContext("2d", { willReadFrequently: true });
    for (let name = "level-0"; probe !== null && colour(name) !== ""; name = `level-${colourOf.length - 1}`) {
      probe.fillStyle = colour(name);
      probe.fillRect(0, 0, 1, 1);
      colourOf.push(probe.getImageData(0, 0, 1, 1).data);
    }
    return ranges.map((_, index) => {
      const picture = document.createElement("canvas");
      picture.width = picture.height = cells;
      const image = new ImageData(cells, cells);
      for (let row = 0; row < cells; row++) {
        for (let column = 0; column < cells; column++) {
          const level = densityLevels[(index * cells + row) * cells + column];
          // Row 0 of a picture is at the top.
          image.data.set(colourOf[level], 4 * ((cells - 1 - row) * cells + column));
        }
      }
      picture.getContext("2d")?.putImageData(image, 0, 0);
      return picture;
    });
  }

  /** A few pairs of every cluster, others at each choice. */
  function chosenPairs() {
    const each = Math.ceil(followedPairs / data.clusters.length);
    return data.clusters.flatMap((_, index) => {
      const members = [...cluster.keys()].filter((pair) => cluster[pair] === index);
      const count = Math.min(each, members.length);
      return Array.from({ length: count }, (_, turn) => members[(choice * count + turn) % members.length]);
    });
  }

  /** @param {string} name */
  const colour = (name) => getComputedStyle(document.documentElement).getPropertyValue(`--${name}`);

  /** Pairs by colour, from the lowest to those on top. */
  function layers() {
    const all = [...cluster.keys()];
    if (colours.value === "degree") {
      return data.degrees.map((entry, value) => ({ ...entry, members: all.filter((pair) => degree[pair] === value) }));
    }
    const clusters = data.clusters.map((entry, index) => ({
      ...entry,
      members: (colours.value === "followed" ? followed : all).filter((pair) => cluster[pair] === index),
    }));
    const sorted = clusters.sort((a, b) => b.members.length - a.members.length);
    if (colours.value === "cluster") return sorted;
    const others = all.filter((pair) => !followed.includes(pair));
    return [{ label: "all others", colour: "rule", members: others }, ...sorted];
  }
  let shown = layers();

  /**
   * @param {number} pair
   * @param {number} at time
   * @returns {[number, number]} where it is on the canvas
   */
  function place(pair, at) {
    const before = frames[Math.floor(at)];
    const after = frames[Math.min(lastFrame, Math.floor(at) + 1)];
    const part = at - Math.floor(at);
    const x = before[pair] + part * (after[pair] - before[pair]);
    const y = before[pairs + pair] + part * (after[pairs + pair] - before[pairs + pair]);
    return [(1 + x) / 2 * canvas.width, (1 - y) / 2 * canvas.height];
  }

  function draw() {
    const density = globalThis.devicePixelRatio;
    canvas.width = Math.round(canvas.clientWidth * density);
    canvas.height = Math.round(canvas.clientHeight * density);
    const few = colours.value === "followed";
    const onDensity = drawDensity();
    shown.forEach(({ colour: name, members: all }, layer) => {
      const large = few && layer > 0;
      // The density shows what is many; points are left for what is few.
      const hidden = onDensity && !large;
      const members = hidden ? all.filter((pair) => !few && !data.clusters[cluster[pair]].ground) : all;
      const radius = (large ? 4 : members.length > 400 ? 1.3 : members.length > 40 ? 1.8 : 3) * density;
      context.fillStyle = context.strokeStyle = colour(name);
      context.lineWidth = 1.2 * density;
      if (onDensity) {
        // A rim in the colour of the paper, under all of them, sets points off from the density.
        context.fillStyle = colour("paper");
        for (const pair of members) {
          const [x, y] = place(pair, time);
          drawPoint(x, y, radius + density, large);
        }
        context.fillStyle = colour(name);
      }
      for (const pair of members) {
        if (large) drawTrail(pair);
        const [x, y] = place(pair, time);
        drawPoint(x, y, radius, large);
      }
    });
    const frame = Math.floor(time);
    const part = time - frame;
    const marker = data.markers[frame] + part * (data.markers[Math.min(lastFrame, frame + 1)] - data.markers[frame]);
    element("marker").style.left = `${100 * marker}%`;
    slider.value = String(frame);
    slider.setAttribute("aria-valuetext", `step ${data.stepLabels[frame]}`);
    element("step").textContent = `step ${data.stepLabels[frame]}`;
  }

  /**
   * @param {number} x
   * @param {number} y
   * @param {number} radius
   * @param {boolean} round
   */
  function drawPoint(x, y, radius, round) {
    if (!round) return context.fillRect(x - radius, y - radius, 2 * radius, 2 * radius);
    context.beginPath();
    context.arc(x, y, radius, 0, 2 * Math.PI);
    context.fill();
  }

  /** Draws the density nearest to the time, if there is one and it is wanted; tells whether. */
  function drawDensity() {
    if (data.density === undefined) return false;
    const { ofFrame, ranges, steps } = data.density;
    const nearest = densityShown ? ofFrame[Math.round(time)] : -1;
    element("density-key").hidden = !densityShown;
    element("density-step").textContent = nearest < 0
      ? "from the end of the first chunk on"
      : `after step ${steps[nearest]}`;
    if (nearest < 0) return false;
    const [left, right, bottom, top] = ranges[nearest];
    const { width, height } = canvas;
    context.imageSmoothingEnabled = false;
    context.drawImage(
      densityPictures[nearest],
      (1 + left) / 2 * width,
      (1 - top) / 2 * height,
      (right - left) / 2 * width,
      (top - bottom) / 2 * height,
    );
    return true;
  }

  /** @param {number} pair */
  function drawTrail(pair) {
    context.beginPath();
    context.moveTo(...place(pair, 0));
    for (let at = 1; at <= time; at++) context.lineTo(...place(pair, at));
    context.lineTo(...place(pair, time));
    context.globalAlpha = 0.5;
    context.stroke();
    context.globalAlpha = 1;
  }

  function showLegend() {
    element("legend").replaceChildren(
      ...shown.filter(({ members }) => members.length > 0).map(({ label, colour: name, members }) => {
        const item = document.createElement("li");
        const swatch = document.createElement("span");
        swatch.style.background = `var(--${name})`;
        item.append(swatch, `${label}: ${members.length.toLocaleString("en")}`);
        return item;
      }),
    );
  }

  function recolour() {
    others.hidden = colours.value !== "followed";
    shown = layers();
    densityPictures = paintedDensities();
    showLegend();
    draw();
  }

  /** @param {number} to */
  function goTo(to) {
    time = Math.max(0, Math.min(lastFrame, to));
    draw();
  }

  /** @param {boolean} on */
  function setPlaying(on) {
    playing = on;
    playButton.textContent = on ? "Pause" : "Play";
    if (!on) return;
    if (time >= lastFrame) time = 0;
    playedAt = undefined;
    requestAnimationFrame(advance);
  }

  /** @param {number} now */
  function advance(now) {
    if (!playing) return;
    const elapsed = (now - (playedAt ?? now)) / 1000;
    playedAt = now;
    goTo(time + elapsed * framesPerSecond);
    if (time >= lastFrame) setPlaying(false);
    else requestAnimationFrame(advance);
  }

  function toggleDensity() {
    if (densityButton === null) return;
    densityShown = !densityShown;
    densityButton.textContent = densityShown ? "Hide the density" : "Show the density";
    draw();
  }

  /** @type {Record<string, () => void>} */
  const keys = {
    " ": () => setPlaying(!playing),
    ArrowLeft: () => goTo(Math.ceil(time) - 1),
    ArrowRight: () => goTo(Math.floor(time) + 1),
    Home: () => goTo(0),
    End: () => goTo(lastFrame),
    d: toggleDensity,
  };
  document.addEventListener("keydown", (event) => {
    const owner = /** @type {HTMLElement} */ (event.target).tagName;
    // Buttons and lists have uses of their own for these keys.
    if (!(event.key in keys) || owner === "SELECT" || (owner === "BUTTON" && event.key === " ")) return;
    event.preventDefault();
    if (![" ", "d"].includes(event.key)) setPlaying(false);
    keys[event.key]();
  });
  slider.addEventListener("input", () => {
    setPlaying(false);
    goTo(Number(slider.value));
  });
  playButton.addEventListener("click", () => setPlaying(!playing));
  colours.addEventListener("change", recolour);
  others.addEventListener("click", () => {
    choice++;
    followed = chosenPairs();
    recolour();
  });
  densityButton?.addEventListener("click", toggleDensity);
  globalThis.addEventListener("resize", draw);
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", recolour);
  recolour();
})();

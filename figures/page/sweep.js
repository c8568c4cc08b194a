// @ts-check
/// <reference lib="dom" />
/** Shows the points of a sweep in a plane of two columns of its table, coloured by a third; a point leads to its run. */
(() => {
  /**
   * @typedef {{ name: string, link: string, numbers: (number | null)[] }} Point
   * @typedef {{ columns: string[], points: Point[], chosen: number[], logs: boolean[] }} Data
   */
  /** @param {string} id */
  const element = (id) => /** @type {HTMLElement} */ (document.getElementById(id));
  /** @type {Data} */
  const { columns, points, chosen, logs: usual } = JSON.parse(element("data").textContent ?? "");
  const choices = ["x", "y", "colour"].map((id) => /** @type {HTMLSelectElement} */ (element(id)));
  const logs = ["x-log", "y-log", "colour-log"].map((id) => /** @type {HTMLInputElement} */ (element(id)));
  const [width, height] = [720, 460];
  const frame = { left: 70, right: width - 20, top: 16, bottom: height - 48 };
  const levels = 14;

  /**
   * @param {string} name
   * @param {Record<string, string | number>} attributes
   * @param {(Node | string)[]} children
   */
  const svg = (name, attributes, ...children) => {
    const node = document.createElementNS("http://www.w3.org/2000/svg", name);
    for (const [key, value] of Object.entries(attributes)) node.setAttribute(key, String(value));
    node.append(...children);
    return node;
  };

  /** @param {number | null} value */
  const words = (value) => {
    if (value === null) return "–";
    const size = Math.abs(value);
    const text = value === 0 || (size >= 1e-3 && size < 1e6)
      ? String(Number(value.toPrecision(4)))
      : value.toExponential(2);
    return text.replace("-", "−");
  };

  /**
   * From a value to its part of the span of a column, and round values to mark; undefined where there is nothing to span.
   *
   * @param {number} column
   * @param {boolean} isLog
   */
  const scale = (column, isLog) => {
    const values = points.map(({ numbers }) => numbers[column])
      .filter((value) => value !== null && (!isLog || value > 0));
    if (values.length === 0) return undefined;
    const place = isLog ? Math.log10 : (/** @type {number} */ value) => value;
    let [low, high] = [Infinity, -Infinity];
    for (const value of values) {
      low = Math.min(low, place(/** @type {number} */ (value)));
      high = Math.max(high, place(/** @type {number} */ (value)));
    }
    const span = high - low || Math.abs(high) || 1;
    if (high === low) [low, high] = [low - span / 2, high + span / 2];
    return {
      low: isLog ? 10 ** low : low,
      high: isLog ? 10 ** high : high,
      /** @param {number | null} value */
      part: (value) => value === null || (isLog && value <= 0) ? NaN : (place(value) - low) / (high - low),
      ticks: isLog ? logTicks(low, high) : linearTicks(low, high),
    };
  };

  /**
   * @param {number} low
   * @param {number} high
   */
  const linearTicks = (low, high) => {
    const rough = (high - low) / 5;
    const power = 10 ** Math.floor(Math.log10(rough));
    const step = power * ([1, 2, 5].find((digit) => digit * power >= rough) ?? 10);
    const first = Math.ceil(low / step);
    return Array.from({ length: Math.floor(high / step) - first + 1 }, (_, index) => (first + index) * step);
  };

  /**
   * @param {number} low
   * @param {number} high
   */
  const logTicks = (low, high) => {
    const digits = high - low > 3 ? [1] : [1, 2, 5];
    const ticks = [];
    for (let decade = Math.floor(low); decade <= high; decade++) {
      for (const digit of digits) {
        const place = decade + Math.log10(digit);
        if (place >= low - 1e-9 && place <= high + 1e-9) ticks.push(digit * 10 ** decade);
      }
    }
    return ticks;
  };

  /** @param {Point} point */
  const tell = (point) => {
    element("point").textContent = point.name +
      choices.map(({ value }) => `, ${columns[Number(value)]} = ${words(point.numbers[Number(value)])}`).join("");
  };

  const show = () => {
    const [x, y, colour] = choices.map(({ value }, place) => ({
      column: Number(value),
      scale: scale(Number(value), logs[place].checked),
    }));
    const plot = svg("g", {});
    const across = (/** @type {number} */ part) => frame.left + 14 + part * (frame.right - frame.left - 28);
    const up = (/** @type {number} */ part) => frame.bottom - 14 - part * (frame.bottom - frame.top - 28);
    for (const tick of x.scale?.ticks ?? []) {
      const place = across(x.scale?.part(tick) ?? 0);
      plot.append(
        svg("line", { x1: place, x2: place, y1: frame.top, y2: frame.bottom, class: "grid" }),
        svg("text", { x: place, y: frame.bottom + 18, "text-anchor": "middle" }, words(tick)),
      );
    }
    for (const tick of y.scale?.ticks ?? []) {
      const place = up(y.scale?.part(tick) ?? 0);
      plot.append(
        svg("line", { x1: frame.left, x2: frame.right, y1: place, y2: place, class: "grid" }),
        svg("text", { x: frame.left - 8, y: place + 4, "text-anchor": "end" }, words(tick)),
      );
    }
    plot.append(
      svg("text", { x: (frame.left + frame.right) / 2, y: height - 8, "text-anchor": "middle" }, columns[x.column]),
      svg("text", {
        transform: `translate(14 ${(frame.top + frame.bottom) / 2}) rotate(-90)`,
        "text-anchor": "middle",
      }, columns[y.column]),
    );
    const parts = points.map((point) => ({
      point,
      at: [x, y, colour].map(({ column, scale }) => scale?.part(point.numbers[column]) ?? NaN),
    })).filter(({ at: [px, py] }) => Number.isFinite(px) && Number.isFinite(py));
    // Runs at one place, as seeds often are, stand around it, so that each can be reached.
    const together = Map.groupBy(parts, ({ at: [px, py] }) => `${px} ${py}`);
    for (const { point, at: [px, py, pc] } of parts) {
      const here = /** @type {typeof parts} */ (together.get(`${px} ${py}`));
      const angle = 2 * Math.PI * here.findIndex((other) => other.point === point) / here.length - Math.PI / 2;
      const radius = here.length === 1 ? 0 : Math.min(12, 4 + 2 * here.length);
      const fill = Number.isFinite(pc)
        ? `var(--level-${Math.min(levels - 1, Math.floor(pc * levels))})`
        : "var(--neutral)";
      const dot = svg("circle", {
        cx: across(px) + radius * Math.cos(angle),
        cy: up(py) + radius * Math.sin(angle),
        r: 6,
        style: `fill:${fill}`,
      });
      const link = svg("a", { href: point.link, "aria-label": point.name }, dot);
      for (const event of ["pointerenter", "focus"]) link.addEventListener(event, () => tell(point));
      plot.append(link);
    }
    element("plot").replaceChildren(plot);
    element("shown").textContent = `${parts.length} of ${points.length} runs have both values.`;
    element("from").textContent = words(colour.scale?.low ?? null);
    element("to").textContent = words(colour.scale?.high ?? null);
    const state = choices.map(({ value }, place) => `${columns[Number(value)]}${logs[place].checked ? "~" : ""}`);
    history.replaceState(null, "", `#${state.map(encodeURIComponent).join(",")}`);
  };

  element("plot").setAttribute("viewBox", `0 0 ${width} ${height}`);
  element("ramp").replaceChildren(
    ...Array.from(
      { length: levels },
      (_, level) => svg("rect", { x: 10 * level, y: 0, width: 10, height: 12, style: `fill:var(--level-${level})` }),
    ),
  );
  const named = location.hash.slice(1).split(",").map(decodeURIComponent);
  choices.forEach((choice, place) => {
    choice.replaceChildren(...columns.map((name, column) => new Option(name, String(column))));
    const name = named[place] ?? "";
    const wanted = columns.indexOf(name.replace(/~$/, ""));
    choice.value = String(wanted < 0 ? chosen[place] : wanted);
    logs[place].checked = wanted < 0 ? usual[place] : name.endsWith("~");
    choice.addEventListener("change", show);
    logs[place].addEventListener("change", show);
  });
  show();
})();

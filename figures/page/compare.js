// @ts-check
/// <reference lib="dom" />
/** Shows two runs of `runs/index.html` side by side: their numbers, and every figure that either has. */
(() => {
  /**
   * @typedef {{ folder: string, description: string, numbers: [string, string][],
   *   figures: { name: string, title: string }[] }} Run
   */
  /** @param {string} id */
  const element = (id) => /** @type {HTMLElement} */ (document.getElementById(id));
  /** @type {Run[]} */
  const runs = JSON.parse(element("data").textContent ?? "");
  const choices = ["left", "right"].map((id) => /** @type {HTMLSelectElement} */ (element(id)));

  /**
   * @param {string} name
   * @param {Record<string, string>} attributes
   * @param {(Node | string)[]} children
   */
  const create = (name, attributes, ...children) => {
    const node = document.createElement(name);
    for (const [key, value] of Object.entries(attributes)) node.setAttribute(key, value);
    node.append(...children);
    return node;
  };

  /** @param {Run[]} chosen */
  const numbersTable = (chosen) => {
    const header = chosen.map(({ folder }) =>
      create("th", { scope: "col" }, create("a", { href: `${encodeURIComponent(folder)}/index.html` }, folder))
    );
    const rows = chosen[0].numbers.map(([name], row) =>
      create(
        "tr",
        {},
        create("th", { scope: "row" }, name),
        ...chosen.map(({ numbers }) => create("td", { class: "number" }, numbers[row][1] || "–")),
      )
    );
    return create(
      "table",
      {},
      create("thead", {}, create("tr", {}, create("td", {}), ...header)),
      create("tbody", {}, ...rows),
    );
  };

  /** @param {Run[]} chosen */
  const figurePairs = (chosen) => {
    const titles = new Map(chosen.flatMap(({ figures }) => figures.map(({ name, title }) => [name, title])));
    return [...titles].map(([name, title]) =>
      create(
        "div",
        { class: "pair figures" },
        ...chosen.map(({ folder, figures }) =>
          figures.some((figure) => figure.name === name)
            ? create(
              "figure",
              {},
              create(
                "a",
                { href: `${encodeURIComponent(folder)}/index.html#${name}` },
                create("img", {
                  src: `${encodeURIComponent(folder)}/figures/${name}.svg`,
                  alt: `${folder}: ${title}`,
                }),
              ),
            )
            : create("p", { class: "absent" }, `${folder} has no figure “${title}”.`)
        ),
      )
    );
  };

  const show = () => {
    const chosen = choices.map(({ value }) => /** @type {Run} */ (runs.find(({ folder }) => folder === value)));
    const descriptions = chosen.map(({ description }) => create("p", {}, description));
    element("comparison").replaceChildren(
      create("div", { class: "pair" }, ...descriptions),
      numbersTable(chosen),
      ...figurePairs(chosen),
    );
    history.replaceState(null, "", `#${choices.map(({ value }) => encodeURIComponent(value)).join(",")}`);
  };

  const named = decodeURIComponent(location.hash.slice(1)).split(",");
  choices.forEach((choice, side) => {
    const wanted = runs.findIndex(({ folder }) => folder === named[side]);
    choice.selectedIndex = wanted < 0 ? Math.min(side, runs.length - 1) : wanted;
    choice.addEventListener("change", show);
  });
  show();
})();

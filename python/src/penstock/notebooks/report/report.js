"use strict";
// Sorts a table by a click on its head, puts columns of words to the left, and draws the plotly charts. Nothing is loaded:
// all of it is in this page.
(() => {
  const number = (text) => (/^[-+]?[\d,]*\.?\d+(e[-+]?\d+)?%?$/i.test(text) ? parseFloat(text.replace(/,/g, "")) : NaN);
  const value = (row, at) => (row.cells[at].dataset.sort ?? row.cells[at].textContent).trim();
  const compare = (one, other) => {
    const [a, b] = [number(one), number(other)];
    if (!Number.isNaN(a) && !Number.isNaN(b)) return a - b;
    return Number.isNaN(a) - Number.isNaN(b) || one.localeCompare(other);
  };
  const sort = (table, head, at) => {
    const down = head.getAttribute("aria-sort") === "ascending";
    for (const one of table.querySelectorAll("[aria-sort]")) one.removeAttribute("aria-sort");
    head.setAttribute("aria-sort", down ? "descending" : "ascending");
    for (const body of table.tBodies) {
      const rows = [...body.rows].sort((a, b) => (down ? -1 : 1) * compare(value(a, at), value(b, at)));
      body.append(...rows);
    }
  };
  const empty = /^(|-|nan|nat|none|null|<na>|…|\.\.\.)$/i;
  const words = (table, rows, width) => {
    const above = [...table.tHead.rows].filter((row) => row.cells.length === width);
    for (let at = 0; at < width; at++) {
      const cells = rows.map((row) => row.cells[at]).filter((cell) => cell.tagName === "TD");
      const told = cells.map((cell) => cell.textContent.trim()).filter((text) => !empty.test(text));
      if (told.every((text) => !Number.isNaN(number(text)))) continue;
      for (const cell of [...above.map((row) => row.cells[at]), ...cells]) cell.classList.add("text");
    }
  };
  for (const table of document.querySelectorAll(".html table, table.sortable")) {
    const heads = table.tHead ? [...table.tHead.rows[table.tHead.rows.length - 1].cells] : [];
    const rows = [...table.tBodies].flatMap((body) => [...body.rows]);
    const plain = rows.every((row) => row.cells.length === heads.length && ![...row.cells].some((c) => c.rowSpan > 1));
    if (!plain || !heads.length) continue;
    if (table.closest(".cell")) words(table, rows, heads.length);
    if (rows.length < 2) continue;
    heads.forEach((head, at) => {
      head.tabIndex = 0;
      head.title = head.title || "sort";
      head.classList.add("sorts");
      head.addEventListener("click", () => sort(table, head, at));
      head.addEventListener("keydown", (event) => {
        if (event.key === "Enter") sort(table, head, at);
      });
    });
  }
  for (const data of document.querySelectorAll("script.plotly-data")) {
    const figure = JSON.parse(data.textContent);
    const layout = { autosize: true, ...figure.layout };
    Plotly.newPlot(data.parentElement, figure.data, layout, { responsive: true, displaylogo: false, modeBarButtonsToRemove: ["sendDataToCloud"] });
  }
})();

"use strict";
// Sorts the table by a click on its head. Nothing is loaded: all of it is in this page.
(() => {
  const value = (row, at) => row.cells[at].dataset.sort ?? row.cells[at].textContent;
  for (const table of document.querySelectorAll("table")) {
    const heads = [...table.tHead.rows[0].cells];
    heads.forEach((head, at) => {
      const sort = () => {
        const down = head.getAttribute("aria-sort") === "ascending";
        for (const one of heads) one.removeAttribute("aria-sort");
        head.setAttribute("aria-sort", down ? "descending" : "ascending");
        const rows = [...table.tBodies[0].rows];
        rows.sort((a, b) => (down ? -1 : 1) * value(a, at).localeCompare(value(b, at), "en", { numeric: true }));
        table.tBodies[0].append(...rows);
      };
      head.tabIndex = 0;
      head.classList.add("sorts");
      head.addEventListener("click", sort);
      head.addEventListener("keydown", (event) => event.key === "Enter" && sort());
    });
  }
})();

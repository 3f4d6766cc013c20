/* Marks what was changed, counts it, and sends only the rows that changed: a weak signal carries ten, not 300. */

export default function goodsGrid(form) {
  const rows = [...form.querySelectorAll("tbody tr")];
  const count = form.querySelector("[data-part=count]");

  const cells = (row) => [...row.querySelectorAll("input:not([type=hidden])")];
  const differs = (cell) => (cell.type === "checkbox" ? cell.checked !== cell.defaultChecked : cell.value !== cell.defaultValue);
  const matters = (row) => row.classList.contains("wrong") || cells(row).some(differs);

  function show() {
    let changed = 0;
    for (const cell of form.querySelectorAll("tbody input:not([type=hidden])")) {
      const here = differs(cell);
      cell.toggleAttribute("data-changed", here);
      changed += here;
    }
    const { one, many } = count.dataset;
    count.textContent = changed === 0 ? "" : changed === 1 ? one : many.replace("#", changed);
  }

  function use(all) {
    for (const row of rows) for (const field of row.querySelectorAll("input")) field.disabled = !(all || matters(row));
  }

  form.addEventListener("input", show);
  form.addEventListener("focusin", ({ target }) => cells(form).includes(target) && target.select()); // typing replaces
  form.addEventListener("submit", (event) => {
    if (event.defaultPrevented) return;
    use(false);
    setTimeout(use, 0, true); // the browser has read the fields by then
  });
  addEventListener("pageshow", show); // what the browser put back into the fields counts too
  show();
}

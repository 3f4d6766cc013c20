/* The product form reads along: likely kinds for the name, the price in words, the units that fit. */

const PAUSE = 400; // ms after the last key

export default function productForm(box) {
  const fields = box.querySelector("form").elements;
  const echo = box.querySelector('[data-part="echo"]');
  let waiting;
  let asked = 0;

  fields.name.addEventListener("input", soon);
  fields.price.addEventListener("input", soon);
  box.addEventListener("change", ({ target }) => {
    if (target.name === "category" && target.dataset.units) bring("unit", target.dataset.units.split(" "));
    if (target.name === "unit") soon();
  });

  function soon() {
    clearTimeout(waiting);
    waiting = setTimeout(read, PAUSE);
  }

  async function read() {
    const mine = ++asked;
    const unit = fields.unit?.value ?? "";
    const query = new URLSearchParams({ name: fields.name.value, price: fields.price.value, unit });
    const answer = await fetch(`${box.dataset.reading}?${query}`).catch(() => null);
    if (!answer?.ok || mine !== asked) return;
    const { echo: words, categories } = await answer.json();
    echo.textContent = words;
    if (categories.length) bring("category", categories);
  }

  // The likely ones stand first, and the chosen one with them; the others stay within reach.
  function bring(name, codes) {
    const group = box.querySelector(`#${name}`);
    if (!group) return;
    const [first, rest] = ["first", "rest"].map((part) => group.querySelector(`[data-part="${part}"]`));
    const chips = new Map([...group.querySelectorAll("label")].map((chip) => [chip.control.value, chip]));
    const near = new Set(codes.filter((code) => chips.has(code)));
    for (const [code, chip] of chips) if (chip.control.checked) near.add(code);
    for (const [code, chip] of chips) if (!near.has(code)) rest.append(chip);
    for (const code of near) first.append(chips.get(code));
    group.querySelector("details").open = false;
  }
}

/* The second select follows the first and turns into a field to type in: today's names, and the older ones people say. */

const WAIT = 250; // ms after the last key before older names are asked for
const MOST = 8; // names shown at once

const fold = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").replace(/đ/gi, "d").toLowerCase().trim();
const made = (kind, about) => Object.assign(document.createElement(kind), about);

export default function communeSelect(box) {
  const [province, commune] = box.querySelectorAll("select");
  const button = box.querySelector(".without-script");
  const status = box.querySelector("[data-part=status]");
  const field = typing(box, province, commune, status);
  let asked = 0;

  button.hidden = true;
  province.addEventListener("change", load);
  if (province.value && (commune.options.length <= 1 || commune.dataset.wanted)) load();

  async function load() {
    const mine = ++asked;
    field.value = status.textContent = "";
    commune.replaceChildren(new Option(box.dataset.empty, ""));
    if (!province.value) return;
    field.disabled = true;
    try {
      const answer = await fetch(box.dataset.url.replace("CODE", encodeURIComponent(province.value)));
      if (!answer.ok) throw new Error(answer.status);
      const { communes } = await answer.json();
      if (mine !== asked) return; // a later choice has overtaken this answer
      commune.append(...communes.map(([code, name]) => new Option(name, code)));
      commune.value = commune.dataset.wanted ?? "";
      delete commune.dataset.wanted;
      if (commune.value) field.value = commune.selectedOptions[0].text;
    } catch {
      if (mine !== asked) return;
      status.textContent = box.dataset.failed;
      button.hidden = false;
    }
    field.disabled = false;
  }
}

/* Puts a field in the select's place; the select stays underneath and is what counts. */
function typing(box, province, commune, status) {
  const { id, name } = commune;
  const field = made("input", { id, name: `${name}_typed`, type: "text", spellcheck: false });
  const list = made("ul", { id: `${id}-list`, className: "suggestions", hidden: true });
  const about = { role: "combobox", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": list.id };
  for (const one of commune.attributes) if (/^aria-|^autocomplete$/.test(one.name)) about[one.name] = one.value;
  for (const [key, value] of Object.entries(about)) field.setAttribute(key, value);
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", box.dataset.empty);
  field.value = commune.value ? commune.selectedOptions[0].text : box.dataset.typed;
  commune.removeAttribute("id");
  commune.hidden = true;
  commune.after(field, list);
  let [rows, at, later] = [[], -1];

  const places = () => [...commune.options].slice(1).map(({ text, value }) => ({ code: value, name: text, notes: [] }));

  function show(found) {
    [rows, at] = [found.slice(0, MOST), -1];
    list.replaceChildren(...rows.map(row));
    list.hidden = !rows.length;
    field.setAttribute("aria-expanded", String(!list.hidden));
    field.removeAttribute("aria-activedescendant");
  }

  function row(place, number) {
    const item = made("li", { id: `${list.id}-${number}`, role: "option", textContent: place.name });
    if (place.notes.length) item.append(made("small", { textContent: place.notes.join(" ") }));
    item.addEventListener("pointerdown", (event) => event.preventDefault()); // the field keeps the focus
    item.addEventListener("click", () => pick(place));
    return item;
  }

  function pick({ code, name, notes }) {
    [commune.value, field.value, status.textContent] = [code, name, notes.join(" ")];
    show([]);
  }

  async function older(q) {
    const answer = await fetch(`${box.dataset.search}?${new URLSearchParams({ province: province.value, q })}`);
    if (!answer.ok || field.value !== q || commune.value) return;
    const all = places();
    const { matches } = await answer.json();
    const found = matches.map(({ code, notes }) => ({ ...all.find((one) => one.code === code), notes }));
    show([...found, ...rows.filter(({ code }) => !found.some((one) => one.code === code))]);
    status.textContent = rows.length ? "" : box.dataset.none;
  }

  field.addEventListener("input", () => {
    const words = fold(field.value);
    commune.value = "";
    status.textContent = province.value ? "" : box.dataset.first;
    show(words ? places().filter(({ name }) => ` ${fold(name)}`.includes(` ${words}`)) : []);
    clearTimeout(later);
    if (province.value && words.length > 1) later = setTimeout(() => older(field.value).catch(() => {}), WAIT);
  });
  field.addEventListener("keydown", (event) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (event.key === "Escape") show([]);
    else if (event.key === "Enter" && at >= 0) pick(rows[at]);
    else if (step && rows.length) at = (at + step + rows.length) % rows.length;
    else return;
    event.preventDefault();
    [...list.children].forEach((one, number) => one.setAttribute("aria-selected", String(number === at)));
    if (at >= 0) field.setAttribute("aria-activedescendant", list.children[at].id);
  });
  field.addEventListener("change", () => {
    const same = places().filter(({ name }) => [fold(name), fold(name.replace(/^\S+ (khu )?/, ""))].includes(fold(field.value)));
    if (!commune.value && same.length === 1) pick(same[0]);
  });
  field.addEventListener("blur", () => show([]));
  return field;
}

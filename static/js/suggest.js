/* Offers what is being typed, under the search field: a combobox with a list as in the WAI-ARIA Authoring Practices. */

const WAIT = 180; // ms after the last key
const LEAST = 2; // letters

const made = (kind, about) => Object.assign(document.createElement(kind), about);

export default function suggest(field) {
  if (navigator.connection?.saveData) return;
  const list = made("ul", { id: "suggestions", className: "suggestions", hidden: true });
  let [later, asked, at] = [0, new AbortController(), -1];

  field.type = "text"; // a search field may not be a combobox
  for (const [name, value] of Object.entries({ role: "combobox", "aria-autocomplete": "list", "aria-controls": list.id }))
    field.setAttribute(name, value);
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", field.dataset.list);
  field.form.append(list);
  show([]);

  function show(found) {
    at = -1;
    list.replaceChildren(...found.map(row));
    list.hidden = !found.length;
    field.setAttribute("aria-expanded", String(!list.hidden));
    field.removeAttribute("aria-activedescendant");
  }

  function row({ text, kind, url }, number) {
    const item = made("li", { id: `suggestions-${number}`, textContent: text });
    item.setAttribute("role", "option");
    item.setAttribute("aria-selected", "false");
    if (kind) item.append(made("small", { textContent: kind }));
    item.addEventListener("pointerdown", (event) => event.preventDefault()); // the field keeps the focus
    item.addEventListener("click", () => location.assign(url));
    return item;
  }

  async function ask(q) {
    asked = new AbortController();
    const answer = await fetch(`${field.dataset.url}?${new URLSearchParams({ q })}`, { signal: asked.signal });
    const { suggestions } = await answer.json();
    if (document.activeElement === field) show(suggestions);
  }

  field.addEventListener("input", () => {
    clearTimeout(later);
    asked.abort(); // nothing that was asked before may overtake what is typed now
    const q = field.value.trim().toLowerCase();
    if (q.length < LEAST) show([]);
    else later = setTimeout(() => ask(q).catch(() => {}), WAIT); // no answer, no list: Enter searches as ever
  });
  field.addEventListener("keydown", (event) => {
    const rows = list.children;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (list.hidden) return;
    if (event.key === "Escape") show([]);
    else if (event.key === "Enter" && at >= 0) rows[at].click();
    else if (step) at = (at + step + rows.length + (at < 0 && step < 0)) % rows.length;
    else return;
    event.preventDefault();
    [...rows].forEach((one, number) => one.setAttribute("aria-selected", String(number === at)));
    if (at >= 0) field.setAttribute("aria-activedescendant", rows[at]?.id ?? "");
  });
  field.addEventListener("blur", () => {
    asked.abort();
    clearTimeout(later);
    show([]);
  });
}

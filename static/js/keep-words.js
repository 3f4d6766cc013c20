/* A message that could not be sent stands in its field again; one that was sent stands above it and is forgotten here. */

export default function keepWords(box) {
  const { form } = box;
  const press = form.elements.press;
  const fresh = press.value;
  const name = `words ${form.getAttribute("action")}`;
  const keep = (told) => {
    try {
      told.text ? sessionStorage.setItem(name, JSON.stringify(told)) : sessionStorage.removeItem(name);
    } catch {
      // a phone without room: the form works as it is
    }
  };
  const said = [...document.querySelectorAll(".talk > .own > [lang]")].at(-1)?.textContent.trim();
  const kept = JSON.parse(sessionStorage.getItem(name) ?? "{}");
  if (kept.sent && kept.text.trim() === said) keep({});
  else if (kept.text && !box.value) {
    box.value = kept.text;
    if (kept.sent) press.value = kept.sent; // perhaps it came, and only the answer was lost
    const closed = box.closest("details");
    if (closed) closed.open = true;
  }
  box.addEventListener("input", () => {
    press.value = fresh;
    keep({ text: box.value });
  });
  form.addEventListener("submit", () => keep({ text: box.value, sent: press.value }));
}

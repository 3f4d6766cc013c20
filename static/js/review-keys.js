/* Keys of the review page: each presses what bears its letter on the page. Off while typing; a person may switch them off. */

const KEPT = "review-keys"; // plain, alt or off
const TYPING = "input:not([type=checkbox]):not([type=radio]), textarea, select";

const pressed = (event) => {
  if (!event.altKey) return event.key;
  return event.code.replace(/^(Key|Digit)/, "").toLowerCase().replace("slash", event.shiftKey ? "?" : "/"); // Alt changes event.key
};

function act(target) {
  if (target.matches("input[type=checkbox]")) {
    const fold = target.closest("details");
    if (fold) fold.open = true;
    target.focus(); // Enter sends the form from there
  }
  if (target.matches("[type=search]")) target.focus();
  else target.click();
}

function changes() {
  const list = document.querySelector(".changes");
  if (list) list.closest("section").hidden = !list.closest("section").hidden;
}

function fade(line) {
  const said = line.querySelector("[role=status]");
  const words = said.textContent;
  said.textContent = "";
  setTimeout(() => (said.textContent = words), 100); // a line that changes is read out, one that was there is not
  setTimeout(() => line.querySelector("button").remove(), Number(line.dataset.seconds) * 1000);
}

export default function reviewKeys(help) {
  let mode = localStorage.getItem(KEPT) ?? "plain";
  help.hidden = false;
  for (const choice of help.querySelectorAll("input[name=keys]")) {
    choice.checked = choice.value === mode;
    choice.addEventListener("change", () => localStorage.setItem(KEPT, (mode = choice.value)));
  }
  const line = document.querySelector(".undo");
  if (line) {
    fade(line);
    document.querySelector("h1").focus({ preventScroll: true });
  }
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.isComposing || event.repeat || mode === "off") return;
    if (event.altKey !== (mode === "alt") || event.target.closest(TYPING)) return;
    const key = pressed(event);
    if (/^[1-9]$/.test(key) && location.hash !== "#return") return;
    if (key === "d") changes();
    const target = document.querySelector(`[data-key="${CSS.escape(key)}"]`);
    if (!target && key !== "d") return;
    event.preventDefault();
    if (target) act(target);
  });
}

/* Keys of the review page: each presses what bears its letter on the page. Off while typing; a person may switch them off. */

const TYPING = "input:not([type=checkbox]):not([type=radio]), textarea, select";

const pressed = (event) => {
  if (!event.altKey) return event.key;
  return event.code.replace(/^(Key|Digit)/, "").toLowerCase().replace("slash", event.shiftKey ? "?" : "/"); // Alt changes event.key
};

function act(target) {
  if (target.matches("input[type=checkbox]")) {
    const fold = target.closest("details");
    if (fold) fold.open = true;
  }
  if (target.matches("input[type=checkbox], summary")) target.focus(); // Enter sends the form from there; a fold comes into view
  if (target.matches("[type=search]")) target.focus();
  else target.click();
}

function fade(line) {
  const said = line.querySelector("[role=status]");
  const words = said.textContent;
  said.textContent = "";
  setTimeout(() => (said.textContent = words), 100); // a line that changes is read out, one that was there is not
  setTimeout(() => line.querySelector("button").remove(), Number(line.dataset.seconds) * 1000);
}

export default function reviewKeys(help) {
  const { mode } = help.dataset;
  help.hidden = false;
  const line = document.querySelector(".undo");
  if (line) {
    fade(line);
    document.querySelector("h1").focus({ preventScroll: true });
  }
  document.addEventListener("keydown", function hear(event) {
    if (!help.isConnected) return document.removeEventListener("keydown", hear); // another page took its place
    if (event.ctrlKey || event.metaKey || event.isComposing || event.repeat || mode === "off") return;
    if (event.altKey !== (mode === "alt") || event.target.closest(TYPING)) return;
    const key = pressed(event);
    if (/^[1-9]$/.test(key) && location.hash !== "#return") return;
    const target = document.querySelector(`[data-key="${CSS.escape(key)}"]`);
    if (!target) return;
    event.preventDefault();
    act(target);
  });
}

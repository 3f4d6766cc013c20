/* One tap puts a number into the clipboard, where the browser lets it; without that people read it. */

export default function copyText(button) {
  if (!navigator.clipboard) return;
  button.hidden = false;
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(button.dataset.text);
    button.textContent = button.dataset.done;
  });
}

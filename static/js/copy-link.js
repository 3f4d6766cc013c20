/* Inside another app's browser: the page as it is now, for the phone's own browser. */

export default function copyLink(box) {
  const [open, copy, done] = ["open", "copy", "done"].map((name) => box.querySelector(`[data-part="${name}"]`));
  const here = () => location.href.split("#")[0];
  open?.addEventListener("click", () => {
    open.href = `intent://${here().replace(/^https?:\/\//, "")}#Intent;scheme=${location.protocol.slice(0, -1)};package=com.android.chrome;end`;
  });
  copy.hidden = false;
  copy.addEventListener("click", async () => {
    try {
      await navigator.clipboard.writeText(here());
    } catch {
      const field = Object.assign(document.createElement("input"), { value: here() });
      copy.after(field);
      field.select();
      document.execCommand("copy");
      field.remove();
    }
    done.hidden = false;
  });
}

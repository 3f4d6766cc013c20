/* The second select follows the first: only the chosen province's communes travel. */

export default function communeSelect(box) {
  const [province, commune] = box.querySelectorAll("select");
  const button = box.querySelector(".without-script");
  const status = box.querySelector("[data-part=status]");
  let asked = 0;

  button.hidden = true;
  province.addEventListener("change", load);
  if (province.value && commune.options.length <= 1) load();

  async function load() {
    const mine = ++asked;
    status.textContent = "";
    commune.replaceChildren(new Option(box.dataset.empty, ""));
    if (!province.value) return;
    commune.disabled = true;
    try {
      const answer = await fetch(box.dataset.url.replace("CODE", encodeURIComponent(province.value)));
      if (!answer.ok) throw new Error(answer.status);
      const { communes } = await answer.json();
      if (mine !== asked) return; // a later choice has overtaken this answer
      commune.append(...communes.map(([code, name]) => new Option(name, code)));
    } catch {
      if (mine !== asked) return;
      status.textContent = box.dataset.failed;
      button.hidden = false;
    }
    commune.disabled = false;
  }
}

/* The officer's desk: the next goods are fetched ahead, a decision goes by itself, the next page takes this one's place. */

import { start } from "./main.js";
import { keepDecision, refusal, sendDecision } from "./phone/decisions.js";

const QUIET = 2000; // ms after the page has loaded
const FRESH = 5 * 60_000; // ms: an older page is asked for anew
const PATIENCE = 8000; // ms for an answer; then it goes on by itself

let shown = location.pathname;
addEventListener("popstate", () => location.pathname !== shown && location.reload()); // the page of that address is not here

/* The next page, drawn but not shown; adopted by this one, so that its first photo comes too. Null where it costs too much. */
async function fetchAhead(url) {
  const { saveData, effectiveType = "" } = navigator.connection ?? {};
  if (saveData || effectiveType.includes("2g")) return null;
  const answer = await fetch(url, { headers: { "X-Ahead": "1" } });
  const drawn = new DOMParser().parseFromString(await answer.text(), "text/html");
  const main = drawn.querySelector("main:has(.decision-bar)");
  const { pathname, search } = new URL(answer.url);
  return answer.ok && main && { url: pathname + search, title: drawn.title, main: document.adoptNode(main), at: Date.now() };
}

export default function desk(box) {
  const main = box.closest("main");
  const over = new AbortController();
  const { owner, ahead, send } = box.dataset;
  let next = null;
  const begin = () => setTimeout(async () => box.isConnected && (next = await fetchAhead(ahead).catch(() => null)), QUIET);
  document.readyState === "complete" ? begin() : addEventListener("load", begin, { once: true });
  main.addEventListener("submit", press, { signal: over.signal });

  async function press(event) {
    const { target: form, submitter } = event;
    if (submitter?.name !== "verdict" || form.dataset.ready) return;
    event.preventDefault();
    if (main.ariaBusy) return;
    main.ariaBusy = "true";
    try {
      const fields = [...new FormData(form, submitter)].filter(([name]) => name !== "csrf_token");
      const one = { id: `decision ${owner} ${shown}`, owner, url: send, fields, name: document.querySelector("h1").textContent };
      await keepDecision(one);
      const late = new Promise((done) => setTimeout(done, PATIENCE));
      const told = await Promise.race([sendDecision(one.id, true).catch(() => null), late]);
      main.ariaBusy = null;
      if (told !== refusal) return go(told);
    } catch {
      main.ariaBusy = null; // a phone without room
    }
    form.dataset.ready = "1";
    form.requestSubmit(submitter); // as forms go: the page that comes says why
  }

  /* To what comes next: at once where it is here and still right, else as links do; without a network as far as it goes. */
  function go(told) {
    const fits = next && Date.now() - next.at < FRESH;
    if (told && !(fits && told.claim && told.next === next.url)) return location.assign(told.next);
    if (!told && !fits) return main.querySelectorAll("[data-behaviour~='phone/decisions']").forEach(start);
    over.abort();
    shown = new URL(next.url, location.href).pathname;
    history.pushState(null, "", next.url);
    document.title = next.title;
    main.replaceChildren(...next.main.childNodes);
    main.querySelector("h1 + p").insertAdjacentHTML("afterend", told?.claim ?? "");
    main.insertAdjacentHTML("afterbegin", told?.undo ?? "");
    scrollTo(0, 0);
    main.querySelectorAll("[data-behaviour]").forEach(start);
    main.querySelector("h1").focus({ preventScroll: true });
  }
}

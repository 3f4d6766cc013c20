/* The cart without a network: says when it is a copy, shows what waits at its line, and sends that once there is a network. */

const WAITING = "/cart/waiting"; // written by cart-worker.js
const DONE = "cart-sent";

export default async function cartKept(bar) {
  if (!("serviceWorker" in navigator && "caches" in window)) return;
  const { worker } = bar.dataset;
  for (const scope of ["/cart", "/checkout"]) navigator.serviceWorker.register(worker, { type: "module", scope }).catch(() => {});
  const kept = await caches.open("cart");
  const waiting = (await (await kept.match(WAITING))?.json()) ?? [];
  const since = document.body.dataset.kept;
  if (since) copy(bar, new Date(since), waiting);
  else if (waiting.length) await send(kept, waiting);
  else {
    told(bar);
    await pictures(kept);
  }
}

/* Keeps the pictures of the first cart too: it came before the worker. */
async function pictures(kept) {
  for (const { currentSrc } of document.querySelectorAll(".cart-line img")) {
    if (currentSrc && !(await kept.match(currentSrc))) await kept.add(currentSrc).catch(() => {});
  }
}

function say(bar, ...sentences) {
  bar.querySelector("p").textContent = sentences.filter(Boolean).join(" ");
  bar.hidden = false;
}

function copy(bar, since, waiting) {
  const { copied, waits } = bar.dataset;
  const time = since.toLocaleString(document.documentElement.lang, { timeStyle: "short", dateStyle: "short" });
  say(bar, copied.replace("TIME", time), waiting.length && waits.replace("NUMBER", waiting.length));
  for (const { path, fields } of waiting) mark(bar, path.split("/").pop(), new Map(fields));
  addEventListener("online", () => location.reload());
}

/* Writes at the line what it will be once there is a network. */
function mark({ dataset: { packs, out, price } }, sku, fields) {
  const line = document.getElementById(`line-${sku}`);
  if (!line) return;
  const note = line.querySelector(".waits") ?? line.appendChild(Object.assign(document.createElement("p"), { className: "hint waits" }));
  note.textContent = fields.has("remove") ? out : fields.has("price") ? price : packs.replace("NUMBER", fields.get("quantity"));
}

/* Sends what waits, one after the other; what the market refuses is told, what does not arrive waits on. */
async function send(kept, waiting) {
  const told = { sent: 0, refused: 0 };
  while (waiting.length) {
    const { path, fields } = waiting[0];
    const answer = await fetch(path, { method: "POST", body: new URLSearchParams(fields), redirect: "manual" }).catch(() => {});
    if (!answer || answer.status >= 500) return;
    waiting.shift();
    await kept.put(WAITING, Response.json(waiting));
    told[answer.type === "opaqueredirect" ? "sent" : "refused"] += 1;
  }
  sessionStorage.setItem(DONE, JSON.stringify(told));
  location.replace("/cart");
}

function told(bar) {
  const { sent, refused } = JSON.parse(sessionStorage.getItem(DONE)) ?? {};
  sessionStorage.removeItem(DONE);
  if (sent === undefined) return;
  say(bar, sent && bar.dataset.sent.replace("NUMBER", sent), refused && bar.dataset.refused.replace("NUMBER", refused));
}

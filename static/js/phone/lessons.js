/* Keeps lessons for reading without a network: by a button; on a phone that keeps other work, each one that is read. */

/* Takes a page with its pictures, style sheet and script into a cache of its own, and leaves no older ones there. */
async function keep(address) {
  const { origin, pathname } = new URL(address, location.href);
  const page = origin + pathname;
  const answer = await fetch(page, { credentials: "omit" });
  if (!answer.ok) throw new Error(String(answer.status));
  const drawn = new DOMParser().parseFromString(await answer.text(), "text/html");
  const parts = drawn.querySelectorAll("main img, .brand img, link[rel=stylesheet], link[rel=icon], script[src]");
  const links = [...parts].map((part) => part.getAttribute("src") ?? part.getAttribute("href"));
  const wanted = new Set(links.map((link) => new URL(link, page).href));
  const kept = await caches.open(`lesson ${pathname}`);
  await kept.addAll([new Request(page, { credentials: "omit" }), ...wanted]);
  for (const { url } of await kept.keys()) if (url !== page && !wanted.has(url)) await kept.delete(url);
}

export default async function lessons(box) {
  if (!("caches" in window && "serviceWorker" in navigator)) return;
  const [button, status] = box.children;
  const { all, worker, done, failed } = box.dataset;
  const listed = all ? [...document.querySelectorAll(all)].map((link) => link.href) : [];
  const kept = async () => {
    await navigator.serviceWorker.register(worker, { type: "module" });
    for (const address of [location.href, ...listed]) await keep(address);
    status.textContent = done;
    button.hidden = true;
  };
  button.addEventListener("click", () => kept().catch(() => (status.textContent = failed)));
  button.hidden = false;
  if (!all && (await navigator.serviceWorker.getRegistration())) await kept();
}

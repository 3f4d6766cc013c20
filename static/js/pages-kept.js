/* A page of the public on the phone: lets it be kept, says when it is a copy, lists what is kept where one is not. */

export default async function pagesKept(bar) {
  const { worker, copied, list } = bar.dataset;
  const since = document.body.dataset.kept;
  if (since) {
    const time = new Date(since).toLocaleString(document.documentElement.lang, { timeStyle: "short", dateStyle: "short" });
    bar.querySelector("p").textContent = copied.replace("TIME", time);
    bar.hidden = false;
  }
  if (list) await tell(document.getElementById(list));
  else if (document.readyState === "complete") await register(worker);
  else addEventListener("load", () => register(worker));
}

/* Where the worker of producers stands before all pages, it keeps these too. */
async function register(worker) {
  if (!("serviceWorker" in navigator)) return;
  const found = await navigator.serviceWorker.getRegistration("/");
  const script = (found?.active ?? found?.waiting ?? found?.installing)?.scriptURL ?? "";
  if (!script.includes("/sw.js")) await navigator.serviceWorker.register(worker, { type: "module" }).catch(() => {});
}

async function tell(section) {
  const rows = section.querySelector("ul");
  for (const name of (await caches.keys()).filter((one) => one.startsWith("pages "))) {
    const kept = await caches.open(name);
    for (const request of (await kept.keys()).reverse()) {
      const found = await kept.match(request);
      if (!found.headers.get("content-type")?.includes("html") || request.url.includes("/offline")) continue;
      const title = new DOMParser().parseFromString(await found.text(), "text/html").title;
      const link = Object.assign(document.createElement("a"), { href: request.url, textContent: title.split(" · ")[0] });
      rows.appendChild(document.createElement("li")).append(link);
    }
  }
  section.hidden = !rows.children.length;
}

/* Pages of the public without a network: first the network, after three seconds the copy seen last, with its time. */

const PATIENCE = 3000; // ms, where there is a copy
const MOST = { pages: 40, pictures: 60 }; // the oldest go
const PUBLIC = /^\/((en|hi)(\/|$))?((categories|search|products|producers|communes|about|how-to-buy|how-to-sell|ranking)(\/|$)|$)/;
const PICTURE = /^\/media\//;
const AWAY = [502, 503, 504]; // what stands before the market answers, not the market

/* `build`: the name of this build's files, of which a copy is drawn; `offline`: the page in place of one without a copy. */
export default function start({ build, offline, files }) {
  const cache = keepPages({ build, offline, files });
  addEventListener("install", (event) => event.waitUntil(skipWaiting()));
  addEventListener("fetch", (event) => {
    const { pathname, origin } = new URL(event.request.url);
    const own = event.request.mode !== "navigate" && origin === location.origin && pathname.startsWith("/static/");
    if (own) event.respondWith(file(cache, event.request));
  });
}

/* What has an address of its own for each content: the copy, or the network once. */
async function file(cache, request) {
  const kept = await caches.open(cache);
  const found = await kept.match(request, { ignoreSearch: true });
  if (found) return found;
  const answer = await fetch(request);
  if (answer.ok) await kept.put(request, answer.clone());
  return answer;
}

/* What the worker of producers does too: one phone may belong to both. Returns the name of the cache. */
export function keepPages({ build, offline, files }) {
  const cache = `pages ${build}`;
  addEventListener("install", (event) => event.waitUntil(fill()));
  addEventListener("activate", (event) => event.waitUntil(tidy()));
  addEventListener("fetch", (event) => {
    const { method, mode, url } = event.request;
    const { pathname, origin } = new URL(url);
    if (mode === "navigate" && method === "GET" && PUBLIC.test(pathname)) event.respondWith(page(event));
    else if (mode !== "navigate" && origin === location.origin && PICTURE.test(pathname)) event.respondWith(file(cache, event.request));
  });
  return cache;

  async function fill() {
    const kept = await caches.open(cache);
    await kept.addAll([new Request(offline, { cache: "reload", credentials: "omit" }), ...files]);
  }

  /* Copies of an older build ask for files that are gone. The page that is open now came before the worker. */
  async function tidy() {
    for (const name of await caches.keys()) if (name.startsWith("pages ") && name !== cache) await caches.delete(name);
    for (const { url } of await clients.matchAll({ includeUncontrolled: true })) {
      if (PUBLIC.test(new URL(url).pathname)) await fetch(url).then((answer) => keep(url, answer)).catch(() => {});
    }
  }

  async function page(event) {
    const { url } = event.request;
    const kept = await caches.open(cache);
    const copy = await kept.match(url);
    const asked = fetch(event.request).then((answer) => {
      if (AWAY.includes(answer.status)) throw new Error(answer.status);
      event.waitUntil(keep(url, answer.clone()));
      return answer;
    });
    event.waitUntil(asked.catch(() => {}));
    const late = new Promise((_, failed) => copy && setTimeout(failed, PATIENCE));
    return Promise.race([asked, late]).catch(async () => copy ?? (await kept.match(offline)) ?? Response.error());
  }

  /* Keeps what is the same for everybody, and nothing that is somebody's; what is gone from the market goes here too. */
  async function keep(url, answer) {
    const kept = await caches.open(cache);
    const { headers, ok, redirected } = answer;
    await kept.delete(url);
    if (!ok || redirected || !headers.get("cache-control")?.includes("public")) return;
    const policy = headers.get("content-security-policy") ?? "default-src 'none'";
    const text = (await answer.text()).replace("<body", `<body data-kept="${new Date().toISOString()}"`);
    await kept.put(url, new Response(text, { headers: { "content-type": "text/html; charset=utf-8", "content-security-policy": policy } }));
    const all = await kept.keys();
    const some = (kind) => all.filter((one) => kind.test(new URL(one.url).pathname));
    for (const old of [...some(PUBLIC).slice(0, -MOST.pages), ...some(PICTURE).slice(0, -MOST.pictures)]) await kept.delete(old);
  }
}

/* Without a network: the last cart can be read, what is changed in it waits, and no step of checkout loses its form. */

const PATIENCE = 8000; // ms for the cart; with one bar nobody waits longer
const CART = "cart"; // the cart seen last with its pictures, and the changes that wait
const WAITING = "/cart/waiting";
const MOST = 50; // changes that wait
const AWAY = [502, 503, 504]; // what stands before the market answers, not the market

/* `cache`: its name, one for each build and language; `offline`: the page for a step that did not get through. */
export default function start({ cache, offline, files }) {
  addEventListener("install", (event) => event.waitUntil(fill()));
  addEventListener("activate", (event) => event.waitUntil(tidy()));
  addEventListener("fetch", (event) => {
    const { request } = event;
    const { pathname, origin } = new URL(request.url);
    const page = request.mode === "navigate";
    if (page && request.method === "GET" && pathname === "/cart") event.respondWith(cart(event));
    else if (page && request.method === "POST" && pathname.startsWith("/cart/")) event.respondWith(change(request, pathname));
    else if (page && /^\/checkout(\/|$)/.test(pathname)) event.respondWith(step(request, pathname));
    else if (!page && origin === location.origin && /^\/(static|media)\//.test(pathname)) event.respondWith(file(request, pathname));
  });

  async function fill() {
    await (await caches.open(cache)).addAll([new Request(offline, { cache: "reload", credentials: "omit" }), ...files]);
    await skipWaiting();
  }

  async function tidy() {
    for (const name of await caches.keys()) if (name.startsWith("cart-") && name !== cache) await caches.delete(name);
    await clients.claim();
    if (!(await caches.match("/cart"))) await fetch("/cart").then((answer) => answer.ok && keep(answer)).catch(() => {});
  }

  async function cart(event) {
    const copy = await caches.match("/cart");
    const late = new Promise((_, failed) => copy && setTimeout(failed, PATIENCE));
    try {
      const answer = await Promise.race([fetch(event.request), late]);
      if (answer.ok) event.waitUntil(keep(answer.clone()));
      if (!AWAY.includes(answer.status)) return answer;
    } catch {
      // no network: the copy
    }
    return copy ?? (await unsent("/cart"));
  }

  async function change(request, path) {
    const fields = request.clone().formData();
    const answer = await fetch(request).catch(() => {});
    if (answer && !AWAY.includes(answer.status)) return answer;
    const kept = await caches.open(CART);
    const waiting = (await (await kept.match(WAITING))?.json()) ?? [];
    waiting.push({ path, fields: [...(await fields)] });
    await kept.put(WAITING, Response.json(waiting.slice(0, MOST)));
    return Response.redirect("/cart", 303);
  }

  async function step(request, path) {
    const fields = request.method === "POST" ? request.clone().formData() : undefined;
    const answer = await fetch(request).catch(() => {});
    return answer && !AWAY.includes(answer.status) ? answer : unsent(path, await fields);
  }

  /* The page that says so; its one button sends the very same again, which places no second order. */
  async function unsent(path, fields) {
    const found = await caches.match(offline);
    if (!found) return Response.error();
    const inputs = [...(fields ?? [])].map(([name, value]) => `<input type="hidden" name="${plain(name)}" value="${plain(value)}">`);
    const form = `method="${fields ? "post" : "get"}" action="${path}">${inputs.join("")}`;
    return drawn(found, (await found.text()).replace('method="get" action="/cart">', () => form));
  }

  async function file(request, pathname) {
    const found = await caches.match(request, { ignoreSearch: true });
    if (found) return found;
    const answer = await fetch(request);
    if (answer.ok && pathname.startsWith("/media/")) await (await caches.open(CART)).put(request, answer.clone());
    return answer;
  }
}

/* Keeps the cart as it is now with the moment in it; pictures of goods that left it go. */
async function keep(answer) {
  const kept = await caches.open(CART);
  const text = await answer.clone().text();
  for (const { url } of await kept.keys()) {
    const { pathname } = new URL(url);
    if (pathname !== WAITING && !text.includes(pathname)) await kept.delete(url);
  }
  await kept.put("/cart", drawn(answer, text.replace("<body", `<body data-kept="${new Date().toISOString()}"`)));
}

/* A page with the policy that it came with. */
function drawn({ headers }, text) {
  const policy = headers.get("content-security-policy") ?? "default-src 'none'";
  return new Response(text, { headers: { "content-type": "text/html; charset=utf-8", "content-security-policy": policy } });
}

const plain = (text) => String(text).replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`);

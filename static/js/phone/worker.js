/* The service worker's work: the empty form and kept lessons without a network, and sending what waits after it. */

import { send } from "./outbox.js";

const PATIENCE = 8000; // ms for a page; with one bar nobody waits longer
const IN_A_SHED = 3000; // ms for orders: they lie here, and the hands are full
const OWN = /^\/(desk|my\/products(\/new|\/[^/]+\/edit)?)$/; // pages whose place the empty form can take
const ORDERS = /^\/my\/orders(\/[A-Z]+\d{8})?$/; // and those whose place the list of kept orders can
const LESSON = /^\/((en|hi)\/)?lessons(\/[a-z]+)?$/; // pages that phone/lessons.js may have kept

/* `cache`: its name, one for each build and language; `shells`: the addresses of the empty pages; `files`: what it needs. */
export default function start({ cache, shells, files }) {
  addEventListener("install", (event) => event.waitUntil(fill()));
  addEventListener("activate", (event) => event.waitUntil(tidy()));
  addEventListener("fetch", (event) => {
    const { pathname } = new URL(event.request.url);
    if (event.request.mode === "navigate" && OWN.test(pathname)) event.respondWith(page(event.request, shells.goods));
    else if (event.request.mode === "navigate" && ORDERS.test(pathname)) event.respondWith(page(event.request, shells.orders, IN_A_SHED));
    else if (event.request.mode === "navigate" && LESSON.test(pathname)) event.respondWith(page(event.request, pathname));
    else if (files.includes(pathname) || pathname.startsWith("/static/")) event.respondWith(file(event.request));
  });
  addEventListener("sync", (event) => {
    if (event.tag === "outbox") event.waitUntil(send().then(unlessSent));
  });

  async function fill() {
    const kept = await caches.open(cache);
    const empty = Object.values(shells).map((shell) => new Request(shell, { cache: "reload", credentials: "omit" }));
    await kept.addAll([...empty, ...files]);
    await skipWaiting();
  }

  async function tidy() {
    for (const name of await caches.keys()) if (name !== cache && !/^(lesson |cart|pages )/.test(name)) await caches.delete(name);
    await clients.claim();
  }

  async function page(request, instead, patience = PATIENCE) {
    const asked = fetch(request);
    const late = new Promise((_, failed) => setTimeout(failed, patience));
    return Promise.race([asked, late]).catch(async () => (await caches.match(instead)) ?? asked);
  }

  async function file(request) {
    return (await caches.match(request, { ignoreSearch: true })) ?? fetch(request);
  }
}

/* The browser asks again later, with a pause of its own, when this fails. */
function unlessSent(state) {
  if (!["sent", "signedOut", "closed"].includes(state)) throw new Error(state);
}

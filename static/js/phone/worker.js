/* The service worker's work: the empty form and kept lessons without a network, and sending what waits after it. */

import { send } from "./outbox.js";

const PATIENCE = 8000; // ms for a page; with one bar nobody waits longer
const OWN = /^\/(desk|my\/products(\/new|\/[^/]+\/edit)?)$/; // pages whose place the shell can take
const LESSON = /^\/((en|hi)\/)?lessons(\/[a-z]+)?$/; // pages that phone/lessons.js may have kept

/* `cache`: its name, one for each build and language; `shell`: the address of the empty form; `files`: what it needs. */
export default function start({ cache, shell, files }) {
  addEventListener("install", (event) => event.waitUntil(fill()));
  addEventListener("activate", (event) => event.waitUntil(tidy()));
  addEventListener("fetch", (event) => {
    const { pathname } = new URL(event.request.url);
    if (event.request.mode === "navigate" && OWN.test(pathname)) event.respondWith(page(event.request, shell));
    else if (event.request.mode === "navigate" && LESSON.test(pathname)) event.respondWith(page(event.request, pathname));
    else if (files.includes(pathname) || pathname.startsWith("/static/")) event.respondWith(file(event.request));
  });
  addEventListener("sync", (event) => {
    if (event.tag === "outbox") event.waitUntil(send().then(unlessSent));
  });

  async function fill() {
    const kept = await caches.open(cache);
    await kept.addAll([new Request(shell, { cache: "reload", credentials: "omit" }), ...files]);
    await skipWaiting();
  }

  async function tidy() {
    for (const name of await caches.keys()) if (name !== cache && !/^(lesson |cart)/.test(name)) await caches.delete(name);
    await clients.claim();
  }

  async function page(request, instead) {
    const late = new Promise((_, failed) => setTimeout(failed, PATIENCE));
    return Promise.race([fetch(request), late]).catch(async () => (await caches.match(instead)) ?? Response.error());
  }

  async function file(request) {
    return (await caches.match(request, { ignoreSearch: true })) ?? fetch(request);
  }
}

/* The browser asks again later, with a pause of its own, when this fails. */
function unlessSent(state) {
  if (!["sent", "signedOut", "closed"].includes(state)) throw new Error(state);
}

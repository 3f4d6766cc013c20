/* The service worker shows what it was told, in the words of its language, and opens the notice at a tap. */

export default function told(words, name) {
  addEventListener("push", (event) => event.waitUntil(show(event.data?.json() ?? {})));
  addEventListener("notificationclick", (event) => {
    event.notification.close();
    event.waitUntil(open(event.notification.data));
  });

  function show({ group, code }) {
    const body = words[group] ?? "";
    return registration.showNotification(name, { body, tag: code, data: address(code) });
  }

  async function open(url) {
    const [page] = await clients.matchAll({ type: "window" });
    if (!page) return clients.openWindow(url);
    await page.focus();
    return page.navigate(url).catch(() => clients.openWindow(url));
  }
}

/* Only our own short addresses: eight letters and digits. */
function address(code) {
  return /^[0-9A-Z]{8}$/.test(code ?? "") ? `/n/${code}` : "/notices";
}

/* Asks to be told on this phone: only after a tap, only where the browser can do it and nobody said no before. */

const PUT_AWAY = "push-later";

export default function push(form) {
  if (!("PushManager" in window) || !("serviceWorker" in navigator) || Notification.permission === "denied") return;
  const [button, later, note] = ["yes", "later", "status"].map((name) => form.querySelector(`[data-part=${name}]`));
  if (later && localStorage.getItem(PUT_AWAY)) return;
  form.hidden = false;
  later?.addEventListener("click", () => {
    localStorage.setItem(PUT_AWAY, "1");
    form.hidden = true;
  });
  button.addEventListener("click", async () => {
    button.disabled = true;
    const done = await subscribe(form).catch(() => false);
    note.textContent = done ? form.dataset.done : form.dataset.failed;
    if (done) for (const one of [button, later]) one?.remove();
    else button.disabled = false;
  });
}

async function subscribe(form) {
  if ((await Notification.requestPermission()) !== "granted") return false;
  await navigator.serviceWorker.register(form.dataset.worker, { type: "module" });
  const worker = await navigator.serviceWorker.ready;
  const made = await worker.pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: form.dataset.key });
  const { endpoint, keys } = made.toJSON();
  const body = new FormData(form);
  for (const [name, value] of Object.entries({ endpoint, ...keys })) body.set(name, value);
  return (await fetch(form.action, { method: "POST", body })).ok;
}

/* What this phone keeps: drafts, photos and recordings in IndexedDB, each under the person who made it. */

const LOW = 30_000_000; // bytes

let opened;
let asked;

function open() {
  opened ??= new Promise((done, failed) => {
    const asked = indexedDB.open("phone", 1);
    asked.onupgradeneeded = () => {
      asked.result.createObjectStore("facts");
      asked.result.createObjectStore("drafts", { keyPath: "key" });
      asked.result.createObjectStore("photos", { keyPath: "id" }).createIndex("draft", "draft");
    };
    asked.onsuccess = () => done(asked.result);
    asked.onerror = () => failed(asked.error);
  });
  opened.catch(() => (opened = undefined));
  return opened;
}

async function run(store, mode, work) {
  const base = await open();
  return new Promise((done, failed) => {
    const step = base.transaction(store, mode);
    const asked = work(step.objectStore(store));
    step.oncomplete = () => done(asked?.result);
    step.onabort = () => failed(step.error ?? new Error("not kept"));
  });
}

export const get = (store, key) => run(store, "readonly", (rows) => rows.get(key));
export const put = (store, value, key) => run(store, "readwrite", (rows) => rows.put(value, key));
export const remove = (store, key) => run(store, "readwrite", (rows) => rows.delete(key));
export const keptFacts = (start) => run("facts", "readonly", (rows) => rows.getAll(IDBKeyRange.bound(start, `${start}\uffff`)));
export const replaceFacts = (start, rows) =>
  run("facts", "readwrite", (all) => {
    all.delete(IDBKeyRange.bound(start, `${start}\uffff`));
    for (const row of rows) all.put(row, row.id);
  });
export const filesOf = (draft) => run("photos", "readonly", (rows) => rows.index("draft").getAll(draft)).then(inOrder);
export const isVoice = ({ kind }) => kind === "voice";
export const voicesOf = async (draft) => (await filesOf(draft)).filter(isVoice);
export const photosOf = async (draft) => (await filesOf(draft)).filter((file) => !isVoice(file));

/* Alters one row where it stands; page and service worker both write, so never read first and write later. */
export function change(store, key, alter) {
  return run(store, "readwrite", (rows) => {
    const told = {};
    rows.get(key).onsuccess = ({ target }) => {
      told.result = alter(target.result);
      if (told.result) rows.put(told.result);
    };
    return told;
  });
}

/* Everything of the person who holds the phone now; nobody: nothing. `all`: also what they keep for those they help. */
export async function draftsOf(owner, all) {
  const rows = owner ? await run("drafts", "readonly", (all) => all.getAll()) : [];
  return rows.filter((row) => row.owner === owner || (all && row.owner.startsWith(`${owner}-`))).sort((a, b) => b.savedAt - a.savedAt);
}

/* The key of a form's draft, and the draft where the phone has it: {key, known}. */
export function draftHere({ code, key }, drafts) {
  const named = code || location.pathname.match(/products\/([^/]+)\/edit/)?.[1];
  const wanted = location.hash.slice(1) || key;
  const known = drafts.find((one) => (named ? one.code === named : one.key === wanted));
  return { known, key: known?.key ?? (key || crypto.randomUUID()) };
}

/* Removes a draft, its photos and its recording from this phone. */
export async function forget(key) {
  for (const file of await filesOf(key)) await remove("photos", file.id);
  await remove("drafts", key);
}

export const unsent = (draft) => Object.entries(draft.fields).filter(([, field]) => !field.sent);
export const waiting = (file) => file.state === "here" && !file.dropped;

/* How much of a person's work the market does not have yet: {drafts, photos}. */
export async function counted(owner, all) {
  const found = { drafts: (await keptFacts(`decision ${owner} `)).length, photos: 0 };
  for (const draft of await draftsOf(owner, all)) {
    const files = (await filesOf(draft.key)).filter(waiting);
    found.photos += files.filter((file) => !isVoice(file)).length;
    if (files.length || draft.wish || unsent(draft).length) found.drafts += 1;
  }
  return found;
}

function inOrder(files) {
  return files.sort((a, b) => a.place - b.place);
}

/* Asks the browser once not to clear us away; gives false when the phone has little room left. */
export async function stay() {
  asked ??= navigator.storage?.persist?.().catch(() => false) ?? true;
  const { quota = Infinity, usage = 0 } = (await navigator.storage?.estimate?.()) ?? {};
  return quota - usage > LOW;
}

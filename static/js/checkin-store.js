// What a device holds for check-in: drives with their key and sealed list, and sealed entries not yet taken in.
// The sealing key cannot leave the browser and goes with the list, so that what is left on disk says nothing.

const NAME = "diem-danh";

function opened() {
  return new Promise((done, failed) => {
    const asked = indexedDB.open(NAME, 1);
    asked.onupgradeneeded = () => {
      asked.result.createObjectStore("drives", { keyPath: "id" });
      asked.result.createObjectStore("entries", { keyPath: "key" }).createIndex("drive", "drive");
    };
    asked.onsuccess = () => done(asked.result);
    asked.onerror = () => failed(asked.error);
  });
}

async function within(store, mode, act) {
  const base = await opened();
  try {
    return await new Promise((done, failed) => {
      const work = base.transaction(store, mode, { durability: "strict" });
      const asked = act(work.objectStore(store));
      work.oncomplete = () => done(asked.result);
      work.onerror = work.onabort = () => failed(work.error);
    });
  } finally {
    base.close();
  }
}

export const read = (store, key) => within(store, "readonly", (rows) => rows.get(key));
export const readAll = (store) => within(store, "readonly", (rows) => rows.getAll());
export const entriesOf = (drive) => within("entries", "readonly", (rows) => rows.index("drive").getAll(drive));
export const write = (store, row) => within(store, "readwrite", (rows) => rows.put(row));
export const erase = (store, key) => within(store, "readwrite", (rows) => rows.delete(key));

export const newSeal = () => crypto.subtle.generateKey({ name: "AES-GCM", length: 256 }, false, ["encrypt", "decrypt"]);

export async function sealed(key, value) {
  const iv = crypto.getRandomValues(new Uint8Array(12));
  const told = new TextEncoder().encode(JSON.stringify(value));
  return { iv, data: await crypto.subtle.encrypt({ name: "AES-GCM", iv }, key, told) };
}

export async function unsealed(key, box) {
  const told = await crypto.subtle.decrypt({ name: "AES-GCM", iv: box.iv }, key, box.data);
  return JSON.parse(new TextDecoder().decode(told));
}

// The worker of the page; where the browser sends later by itself, the one that does so without the page.
const SENDS_LATER = "SyncManager" in globalThis;
export const startWorker = (worker, home) =>
  navigator.serviceWorker.register(SENDS_LATER ? `${worker}?gui` : worker, { scope: home, type: SENDS_LATER ? "module" : "classic" });

// Asks the browser to wake the worker when there is network, though the page be closed by then.
export async function sendLater() {
  if (!SENDS_LATER) return;
  const worker = await navigator.serviceWorker.getRegistration();
  await worker?.sync?.register("gui").catch(() => undefined);
}

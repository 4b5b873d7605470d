{% if sends %}import { entriesOf, erase, readAll, unsealed, write } from "{{ store }}";

{% endif %}// Keeps the check-in page and its files, so that it opens without network. No list and no name is kept here.
const KEEP = "diem-danh-{{ version }}";
const PAGE = "{% url "checkin_shell" %}";
const FILES = {{ files|safe }};

self.addEventListener("install", (event) => {
  event.waitUntil(
    caches
      .open(KEEP)
      .then((kept) => kept.addAll([PAGE, ...FILES]))
      .then(() => self.skipWaiting()),
  );
});

self.addEventListener("activate", (event) => {
  event.waitUntil(
    caches
      .keys()
      .then((names) => Promise.all(names.filter((name) => name !== KEEP).map((name) => caches.delete(name))))
      .then(() => self.clients.claim()),
  );
});

self.addEventListener("fetch", (event) => {
  const url = new URL(event.request.url);
  if (event.request.method !== "GET" || url.origin !== location.origin) return;
  const isPage = url.pathname === PAGE;
  if (!isPage && !FILES.includes(url.pathname)) return;
  event.respondWith(answer(event, isPage ? PAGE : event.request));
});

// From the device at once; the page itself is asked for anew beside it, for the next time.
async function answer(event, wanted) {
  const kept = await caches.open(KEEP);
  const found = await kept.match(wanted);
  if (!found) return fetch(event.request);
  if (wanted === PAGE && navigator.onLine) event.waitUntil(kept.add(PAGE).catch(() => undefined));
  return found;
}
{% if sends %}
// Entries not yet taken in, sent though the page is closed; what fails the browser tries again.
self.addEventListener("sync", (event) => event.waitUntil(sendKept()));

async function sendKept() {
  for (const drive of await readAll("drives")) {
    let waiting = await unsent(drive);
    while (waiting.length) {
      await sendSome(drive, waiting.slice(0, 100));
      waiting = await unsent(drive);
    }
  }
}

const unsent = async (drive) => (await entriesOf(drive.id)).filter((row) => !row.answer);

async function sendSome(drive, rows) {
  const told = rows.map(async (row) => ({ key: row.key, ...(await unsealed(drive.seal, row.box)) }));
  const answer = await fetch("{% url "checkin_send" %}", {
    method: "POST",
    headers: { Authorization: `Bearer ${await unsealed(drive.seal, drive.key)}`, "Content-Type": "application/json" },
    body: JSON.stringify({ entries: await Promise.all(told) }),
    credentials: "omit",
    cache: "no-store",
  });
  if (!answer.ok) throw new Error(`${answer.status}`);
  const { entries, over } = await answer.json();
  if (!entries.length) throw new Error("nothing was taken in");
  for (const one of entries) {
    const row = rows.find((kept) => kept.key === one.key);
    if (row) await write("entries", { ...row, answer: one });
  }
  if (!over) return;
  const { list: _gone, ...rest } = drive;
  await write("drives", { ...rest, over: true });
  for (const row of (await entriesOf(drive.id)).filter((kept) => kept.answer)) await erase("entries", row.key);
}
{% endif %}
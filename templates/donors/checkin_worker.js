// Keeps the check-in page and its files, so that it opens without network. No list and no name is kept here.
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

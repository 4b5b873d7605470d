// Check-in at a drive, with or without network. A press is kept on the device before the page says so;
// it is sent when there is network, again and again under the same id, until the portal has answered.
import { entriesOf, erase, read, readAll, sealed, sendLater, startWorker, unsealed, write } from "./checkin-store.js";

const page = document.querySelector("[data-rc-checkin]");
const part = (name) => page.querySelector(`[data-rc-${name}]`);
const words = page.dataset;
const AGAIN = 15_000;
const AT_ONCE = 100;
let drive;
let people = [];
let entries = [];
let sending = false;

const fold = (text) =>
  text.toLowerCase().normalize("NFD").replace(/[\u0300-\u036f]/g, "").replace(/đ/g, "d").trim();
const say = (text, numbers) => text.replace(/\{(\w+)\}/g, (_all, name) => numbers[name]);
const unsent = () => entries.filter((entry) => !entry.answer);

async function begin() {
  if (!window.isSecureContext || !("indexedDB" in window)) return show("insecure");
  if (navigator.onLine && navigator.serviceWorker) startWorker(words.worker, words.home);
  const kept = await readAll("drives");
  const wanted = Number(location.hash.slice(1)) || (kept.length === 1 ? kept[0].id : 0);
  drive = await read("drives", wanted);
  if (!drive) return choose(kept);
  part("name").textContent = drive.name;
  if (drive.list && new Date(drive.until) > new Date()) people = await unsealed(drive.seal, drive.list);
  for (const row of await entriesOf(drive.id)) entries.push({ ...row, told: await unsealed(drive.seal, row.box) });
  show("desk");
  await refresh();
  await send();
  setInterval(async () => { await guard(); await send(); }, AGAIN);
}

function choose(kept) {
  const list = part("drives");
  list.replaceChildren(
    ...kept.map((one) => {
      const link = document.createElement("a");
      link.href = `#${one.id}`;
      link.textContent = one.name;
      const row = document.createElement("li");
      row.append(link);
      return row;
    }),
  );
  show(kept.length ? "choose" : "none");
}

function show(name) {
  for (const one of ["insecure", "none", "choose", "desk", "begin"]) part(one).hidden = one !== name;
  draw();
}

async function ask(path, body) {
  if (!navigator.onLine) return undefined;
  try {
    return await fetch(path, {
      method: "POST",
      headers: { Authorization: `Bearer ${await unsealed(drive.seal, drive.key)}`, "Content-Type": "application/json" },
      body: JSON.stringify(body),
      credentials: "omit",
      cache: "no-store",
    });
  } catch {
    return undefined; // no network after all: what is kept waits
  }
}

// The list anew, or the end of it.
async function refresh() {
  if (drive.over) return draw();
  const answer = await ask(words.list, {});
  const told = answer?.ok ? await answer.json() : {};
  if (told.over || answer?.status === 401) await wipe();
  else if (told.people) {
    people = told.people;
    drive = { ...drive, name: told.drive.name, on: told.drive.on, until: told.until, list: await sealed(drive.seal, people) };
    await write("drives", drive);
  }
  await guard();
}

// After its hours the list goes, network or not.
async function guard() {
  if (!drive.over && new Date(drive.until) <= new Date()) await wipe();
  draw();
}

// The list goes at once; entries that no portal has taken in yet stay sealed until one has.
async function wipe() {
  people = [];
  const { list: _gone, ...rest } = drive;
  drive = { ...rest, over: true };
  await write("drives", drive);
  for (const entry of entries.filter((one) => one.answer)) await erase("entries", entry.key);
  entries = unsent();
  if (!entries.length) await erase("drives", drive.id);
  draw();
}

async function enter(told) {
  const key = crypto.randomUUID();
  const entry = { key, drive: drive.id, told: { ...told, at: new Date().toISOString() } };
  entry.box = await sealed(drive.seal, entry.told);
  await write("entries", { key, drive: entry.drive, box: entry.box });
  entries.push(entry);
  draw();
  sendLater();
  await send();
}

async function send() {
  const waiting = unsent().slice(0, AT_ONCE);
  if (sending || !waiting.length || !navigator.onLine) return draw();
  sending = true;
  try {
    const answer = await ask(words.send, { entries: waiting.map((entry) => ({ key: entry.key, ...entry.told })) });
    part("trouble").hidden = !answer || answer.ok;
    if (answer && !answer.ok) part("trouble").querySelector("p").textContent = (await answer.json()).words;
    if (!answer?.ok) return draw();
    const told = await answer.json();
    for (const one of told.entries) {
      const entry = entries.find((row) => row.key === one.key);
      if (!entry) continue;
      entry.answer = one;
      await write("entries", { key: entry.key, drive: entry.drive, box: entry.box, answer: one });
    }
    if (told.over) await wipe();
  } finally {
    sending = false;
  }
  draw();
  if (unsent().length) await send();
}

function draw() {
  if (!drive) return;
  const left = unsent().length;
  const came = new Set(people.filter((one) => one.came).map((one) => one.id));
  for (const entry of entries) if (entry.told.place && entry.answer?.state !== "dropped") came.add(entry.told.place);
  const walked = entries.filter((entry) => !entry.told.place && entry.answer?.state !== "conflict").length;
  part("network").textContent = navigator.onLine ? words.online : words.offline;
  part("network").className = `rc-badge rc-badge--${navigator.onLine ? "ok" : "wait"}`;
  part("unsent").textContent = left ? say(words.unsent, { n: left }) : words.allSent;
  part("unsent").className = `rc-badge rc-badge--${left ? "wait" : "ok"}`;
  part("came").textContent = say(words.came, { n: came.size, all: people.length, new: walked });
  part("until").textContent = drive.over ? words.gone : say(words.until, { at: new Date(drive.until).toLocaleString("vi-VN", { timeStyle: "short", dateStyle: "short" }) });
  part("walk-in").hidden = drive.over;
  part("search").hidden = drive.over;
  const asked = fold(part("query").value);
  const shown = people.filter((one) => !asked || fold(one.name).includes(asked) || one.tail === asked);
  part("people").replaceChildren(...shown.map((one) => row(one, came.has(one.id))));
  part("nobody").hidden = shown.length > 0 || drive.over;
  const conflicts = entries.filter((entry) => entry.answer?.state === "conflict");
  part("conflicts").hidden = !conflicts.length;
  part("conflict-list").replaceChildren(...conflicts.map(conflict));
}

function row(one, hasCome) {
  const made = page.querySelector("template[data-rc-row]").content.firstElementChild.cloneNode(true);
  made.querySelector("strong").textContent = one.name;
  made.querySelector("span").textContent = [one.hour, one.year, one.tail && `…${one.tail}`, one.waiting && words.waiting].filter(Boolean).join(" · ");
  const button = made.querySelector("button");
  const badge = made.querySelector(".rc-badge");
  button.hidden = hasCome;
  badge.hidden = !hasCome;
  button.setAttribute("aria-label", `${button.textContent}: ${one.name}`);
  button.addEventListener("click", () => enter({ place: one.id }));
  return made;
}

function conflict(entry) {
  const who = people.find((one) => one.id === entry.told.place)?.name ?? entry.told.name ?? "–";
  const made = document.createElement("li");
  made.textContent = `${who}: ${entry.answer.words}`;
  return made;
}

part("query").addEventListener("input", draw);
part("walk-in").addEventListener("submit", async (event) => {
  event.preventDefault();
  const form = event.target;
  const { name, year, tail } = Object.fromEntries(new FormData(form));
  form.reset();
  await enter({ name: name.trim(), year: year || null, tail });
  form.elements.name.focus();
});
addEventListener("online", async () => { draw(); if (drive) { await send(); await refresh(); } });
addEventListener("offline", draw);
addEventListener("hashchange", () => location.reload());

await begin();

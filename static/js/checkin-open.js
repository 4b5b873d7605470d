// The device has just been given its key: keep it sealed, then go to the page that works without network.
import { newSeal, read, sealed, startWorker, write } from "./checkin-store.js";

const given = document.querySelector("[data-rc-checkin-key]");

async function keep() {
  const { rcCheckinKey: key, rcDrive, rcName: name, rcUntil: until, rcHome: home } = given.dataset;
  const id = Number(rcDrive);
  const before = await read("drives", id);
  const seal = before?.seal ?? (await newSeal());
  await write("drives", { ...before, id, name, until, seal, key: await sealed(seal, key), over: false });
  delete given.dataset.rcCheckinKey;
  await navigator.storage?.persist?.();
  const worker = await startWorker(`${home}sw.js`, home);
  await active(worker);
  location.replace(`${home}#${id}`);
}

function active(registration) {
  if (registration.active) return undefined;
  const worker = registration.installing ?? registration.waiting;
  return new Promise((done) => {
    worker.addEventListener("statechange", () => {
      if (worker.state === "activated" || worker.state === "redundant") done();
    });
  });
}

if (window.isSecureContext && "serviceWorker" in navigator) await keep();
else document.querySelector("[data-rc-insecure]").hidden = false;

// A report from a phone on a weak line: words stay in the phone, pictures go one by one until each has arrived.

const form = document.querySelector("[data-rc-tip]");
const list = form.querySelector("[data-rc-pictures]");
const input = form.querySelector("input[type=file]");
const line = form.querySelector("[data-rc-line]");
const { rcTip: address, rcMost, rcSending, rcAgain, rcStays, rcAlt, rcOff, rcWait } = form.dataset;
const WORDS = ["title", "text", "category", "ground", "proof", "representative_proof", "credit"];
const KEPT = "redcross-tip";
const EDGE = 2560;
let onItsWay = 0;

restore();
form.addEventListener("input", keep);
form.addEventListener("change", keep);
input.addEventListener("change", () => {
  for (const file of [...input.files].slice(0, Number(rcMost) - list.children.length)) send(file);
  input.value = "";
});
form.addEventListener("submit", async (event) => {
  event.preventDefault();
  if (onItsWay) return say(rcWait);
  say("");
  const data = new FormData(form);
  data.delete("photos");
  let response;
  try {
    response = await fetch(form.getAttribute("action") || location.href, { method: "POST", body: data });
  } catch {
    return say(rcStays);
  }
  if (response.redirected) {
    localStorage.removeItem(KEPT);
    location.assign(response.url);
    return;
  }
  if (!response.ok && response.status !== 422) return say(rcStays);
  const page = new DOMParser().parseFromString(await response.text(), "text/html");
  const errors = page.querySelectorAll("[data-rc-tip] .rc-field__error, [data-rc-tip] [role=alert]:not([hidden])");
  say([...new Set([...errors].map((one) => one.textContent.trim()))].join(" ") || rcStays);
});

async function send(file) {
  const row = document.createElement("li");
  const picture = document.createElement("img");
  picture.alt = "";
  const state = document.createElement("p");
  state.setAttribute("role", "status");
  state.textContent = `${file.name}: ${rcSending}`;
  row.append(picture, state);
  list.append(row);
  onItsWay += 1;
  const small = await smaller(file);
  for (let tries = 0; ; tries += 1) {
    const data = new FormData();
    data.set("csrfmiddlewaretoken", form.querySelector("[name=csrfmiddlewaretoken]").value);
    data.set("unit", form.querySelector("[name=unit]").value);
    data.set("file", small, file.name.replace(/\.\w+$/, "") + ".jpg");
    try {
      const response = await fetch(address, { method: "POST", body: data });
      const answer = await response.json();
      if (answer.error) state.textContent = `${file.name}: ${answer.error}`;
      else arrived(row, answer);
      break;
    } catch {
      state.textContent = `${file.name}: ${rcAgain}`;
      await pause(Math.min(30000, 1500 * 2 ** tries));
    }
  }
  onItsWay -= 1;
  keep();
}

function arrived(row, { pk, src }, said = "") {
  const number = document.createElement("input");
  number.type = "hidden";
  number.name = "picture";
  number.value = pk;
  const picture = document.createElement("img");
  picture.alt = "";
  picture.src = src;
  const label = document.createElement("label");
  const alt = document.createElement("input");
  alt.type = "text";
  alt.name = `mo-ta-${pk}`;
  alt.maxLength = 300;
  alt.value = said;
  const off = document.createElement("button");
  off.type = "button";
  off.className = "rc-button rc-button--small rc-button--quiet";
  off.textContent = rcOff;
  off.addEventListener("click", () => {
    row.remove();
    keep();
  });
  label.append(rcAlt, alt, off);
  row.replaceChildren(number, picture, label);
}

// A phone's picture of 12 megapixels is sent at a size that a page can show.
async function smaller(file) {
  try {
    const image = await createImageBitmap(file);
    const scale = EDGE / Math.max(image.width, image.height);
    if (scale >= 1) return file;
    const canvas = document.createElement("canvas");
    canvas.width = Math.round(image.width * scale);
    canvas.height = Math.round(image.height * scale);
    canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
    const made = await new Promise((done) => canvas.toBlob(done, "image/jpeg", 0.86));
    return made && made.size < file.size ? made : file;
  } catch {
    return file;
  }
}

function pause(time) {
  return new Promise((done) => {
    const timer = setTimeout(done, time);
    window.addEventListener("online", () => { clearTimeout(timer); done(); }, { once: true });
  });
}

function keep() {
  const pictures = [...list.querySelectorAll("[name=picture]")].map((number) => {
    const row = number.closest("li");
    return { pk: number.value, src: row.querySelector("img").getAttribute("src"), said: row.querySelector("[type=text]").value };
  });
  const words = Object.fromEntries(WORDS.map((name) => [name, form.elements[name]?.value || ""]));
  try {
    localStorage.setItem(KEPT, JSON.stringify({ words, pictures, key: form.elements.key.value }));
  } catch {
    // A phone without room keeps nothing; the page itself still holds it.
  }
}

function restore() {
  let kept = null;
  try {
    kept = JSON.parse(localStorage.getItem(KEPT));
  } catch {
    return;
  }
  if (!kept || form.elements.title.value || form.elements.text.value) return;
  for (const name of WORDS) if (kept.words[name]) form.elements[name].value = kept.words[name];
  form.elements.key.value = kept.key;
  for (const one of kept.pictures) {
    const row = document.createElement("li");
    list.append(row);
    arrived(row, one, one.said);
  }
}

function say(words) {
  line.textContent = words;
  line.hidden = !words;
  if (words) line.scrollIntoView({ block: "center" });
}

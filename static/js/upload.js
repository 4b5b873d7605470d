// Pictures by fifties: each file is sent by itself, two at a time, with its own bar and its own second try.

const PATIENCE = 10 * 60 * 1000; // 20 MB from a phone on a bad day

const form = document.querySelector("[data-rc-upload]");
if (form) start(form);

function start(form) {
  const input = form.querySelector('input[type="file"]');
  const list = form.querySelector("[data-rc-upload-list]");
  const sum = form.querySelector("[data-rc-upload-sum]");
  const words = form.dataset;
  const most = Number(words.rcMost);
  let waiting = [];
  let running = 0;
  let done = 0;
  let failed = 0;
  let all = 0;
  const allAgain = document.createElement("button");
  allAgain.type = "button";
  allAgain.className = "rc-button rc-button--small";
  allAgain.textContent = words.rcAllAgain;
  allAgain.hidden = true;
  allAgain.addEventListener("click", () => list.querySelectorAll("button").forEach((button) => button.click()));
  sum.after(allAgain);

  form.addEventListener("submit", (event) => {
    const files = [...input.files];
    if (!files.length || !form.reportValidity()) return;
    event.preventDefault();
    if (files.length > most) {
      sum.textContent = words.rcTooMany;
      return;
    }
    const shared = new FormData(form);
    shared.delete("files");
    input.value = "";
    all += files.length;
    for (const file of files) waiting.push(row(file, shared));
    next();
    window.setTimeout(() => form.querySelectorAll("button[type=submit]").forEach((b) => (b.disabled = false)));
  });
  window.addEventListener("beforeunload", (event) => {
    if (running) event.preventDefault();
  });

  function row(file, shared) {
    const line = document.createElement("li");
    const thumb = document.createElement("span");
    const middle = document.createElement("span");
    const name = document.createElement("span");
    name.textContent = file.name;
    const bar = document.createElement("progress");
    bar.max = 1;
    bar.value = 0;
    bar.setAttribute("aria-label", file.name);
    const note = document.createElement("small");
    middle.append(name, bar, note);
    const end = document.createElement("span");
    line.append(thumb, middle, end);
    list.append(line);
    return { line, file, shared, thumb, bar, note, end };
  }

  function next() {
    sum.textContent = words.rcSum.replace("{done}", done).replace("{all}", all).replace("{failed}", failed);
    allAgain.hidden = running > 0 || waiting.length > 0 || failed < 2;
    while (running < 2 && waiting.length) send(waiting.shift());
  }

  function send(one) {
    running += 1;
    const body = new FormData();
    for (const [key, value] of one.shared.entries()) body.append(key, value);
    body.append("files", one.file);
    const request = new XMLHttpRequest();
    request.open("POST", form.action);
    request.timeout = PATIENCE;
    request.setRequestHeader("Accept", "application/json");
    request.upload.addEventListener("progress", (event) => {
      if (event.lengthComputable) one.bar.value = event.loaded / event.total;
    });
    request.addEventListener("loadend", () => {
      running -= 1;
      let answer = null;
      try {
        answer = JSON.parse(request.responseText);
      } catch {
        answer = null;
      }
      if (request.status === 200 && answer?.url) well(one, answer);
      else if (answer) badly(one, answer.note);
      else badly(one, request.status === 0 || request.status >= 500 ? words.rcNoAnswer : words.rcSignedOut);
      next();
    });
    request.send(body);
  }

  function well(one, answer) {
    done += 1;
    one.bar.value = 1;
    one.note.textContent = answer.note || words.rcWell;
    const picture = document.createElement("img");
    picture.src = answer.thumb;
    picture.alt = "";
    one.thumb.append(picture);
    const link = document.createElement("a");
    link.href = answer.url;
    link.textContent = words.rcOpen;
    one.end.replaceChildren(link);
  }

  function badly(one, text) {
    failed += 1;
    one.line.classList.add("is-bad");
    one.bar.value = 0;
    one.note.textContent = text;
    const again = document.createElement("button");
    again.type = "button";
    again.className = "rc-button rc-button--small";
    again.textContent = words.rcAgain;
    again.addEventListener("click", () => {
      failed -= 1;
      one.line.classList.remove("is-bad");
      one.note.textContent = "";
      again.remove();
      waiting.push(one);
      next();
    });
    one.end.replaceChildren(again);
  }
}

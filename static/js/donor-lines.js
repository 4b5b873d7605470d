// A drive's donations typed by keyboard: Enter looks the person up, goes on, and records the line at its end.
// Without this file the same rows are sent with one button.

const form = document.querySelector("[data-rc-lines]");
const taken = document.querySelector("[data-rc-taken]");
const total = document.querySelector("[data-rc-total]");

if (form) {
  form.setAttribute("data-rc-live", "");
  let next = Math.max(0, ...[...form.querySelectorAll("input[name=row]")].map((one) => Number(one.value))) + 1;

  const fields = (line) =>
    [...line.querySelectorAll("input:not([type=hidden]), select")].filter((one) => one.offsetParent !== null);
  const who = (line) => line.querySelector("input[name$='-who']");

  const send = async (url, line) => {
    const data = new FormData();
    for (const one of line.querySelectorAll("input, select")) if (one.name) data.append(one.name, one.value);
    const token = form.querySelector("[name=csrfmiddlewaretoken]").value;
    const answer = await fetch(url, { method: "POST", body: data, headers: { "X-CSRFToken": token } });
    if (!answer.ok || answer.redirected) throw new Error(String(answer.status));
    const box = document.createElement("template");
    box.innerHTML = await answer.text();
    return box.content.firstElementChild;
  };

  const lost = (line) => {
    const said = line.querySelector(".rc-line__said");
    said.textContent = form.dataset.rcLost;
    said.classList.add("rc-line__error");
  };

  const blank = () => {
    const text = form.querySelector("template").innerHTML.replaceAll("__n__", String(next++));
    const box = document.createElement("template");
    box.innerHTML = text;
    const line = box.content.firstElementChild;
    form.querySelector(".rc-form__actions").before(line);
    return line;
  };

  const find = async (line) => {
    if (line.dataset.rcBusy) return;
    line.dataset.rcBusy = "1";
    try {
      const fresh = await send(form.dataset.rcFind, line);
      line.replaceWith(fresh);
      fresh.dataset.rcFound = who(fresh).value;
      const open = fresh.querySelector(".rc-line__new[open]");
      const first = fresh.querySelector("[data-rc-now]") ||
        (open && [...open.querySelectorAll("input")].find((one) => !one.value)) ||
        fresh.querySelector("input[name$='-volume_ml']");
      first.focus();
      first.select?.();
    } catch {
      delete line.dataset.rcBusy;
      lost(line);
    }
  };

  const save = async (line) => {
    if (line.dataset.rcBusy) return;
    line.dataset.rcBusy = "1";
    try {
      const fresh = await send(form.dataset.rcSave, line);
      if (fresh.matches("tr")) {
        const after = line.nextElementSibling?.matches("[data-rc-line]") ? line.nextElementSibling : blank();
        line.remove();
        taken.prepend(fresh);
        total.textContent = fresh.dataset.rcCount;
        who(after).focus();
      } else {
        line.replaceWith(fresh);
        fresh.dataset.rcFound = who(fresh).value;
        const wrong = fresh.querySelector(".rc-line__field:has(.rc-line__error) :is(input, select)");
        (fresh.querySelector("[data-rc-now]") || wrong || who(fresh)).focus();
      }
    } catch {
      delete line.dataset.rcBusy;
      lost(line);
    }
  };

  form.addEventListener("keydown", (event) => {
    const line = event.target.closest("[data-rc-line]");
    if (event.key !== "Enter" || !line || event.target.matches("button, summary")) return;
    event.preventDefault();
    const isWho = event.target === who(line);
    if (isWho && !event.target.value.trim()) return;
    if (event.ctrlKey) return void save(line);
    if (isWho && line.dataset.rcFound !== event.target.value) return void find(line);
    const all = fields(line);
    const place = all.indexOf(event.target);
    // New donors are filled in below the line, then the line goes on at the volume.
    const isNew = event.target.closest(".rc-line__new");
    const following = isNew && !all[place + 1]?.closest(".rc-line__new")
      ? line.querySelector("input[name$='-volume_ml']")
      : all[place + 1];
    if (!following || (!isNew && following.closest(".rc-line__new"))) return void save(line);
    following.focus();
    following.select?.();
  });

  form.addEventListener("click", (event) => {
    const button = event.target.closest("[data-rc-take]");
    if (!button) return;
    event.preventDefault();
    save(button.closest("[data-rc-line]"));
  });

  // Another choice than the first opens the fields of a new donor.
  form.addEventListener("change", (event) => {
    if (!event.target.matches("[data-rc-now]")) return;
    const line = event.target.closest("[data-rc-line]");
    line.querySelector(".rc-line__new").open = event.target.value === "new";
  });

  who(form.querySelector("[data-rc-line]"))?.focus();
}

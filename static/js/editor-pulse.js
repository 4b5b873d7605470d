// The editor's page gives signs of life: what is typed is kept, who else edits is told, the check is shown.

const AFTER_TYPING = 2500;
const ALWAYS = 25000;

export function startPulse(form) {
  const shown = document.querySelector("[data-rc-pulse-shown]");
  let isTyped = false;
  let isBusy = false;
  let isLeaving = false;
  let soon = 0;

  const beat = async () => {
    clearTimeout(soon);
    soon = setTimeout(beat, ALWAYS);
    if (isBusy || isLeaving || document.hidden && !isTyped) return;
    isBusy = true;
    const data = new FormData(form);
    for (const input of form.querySelectorAll("input[type=file]")) {
      if (input.name === "anh-file" && input.files.length) data.set("has_file", "1");
      data.delete(input.name);
    }
    const wasTyped = isTyped;
    if (wasTyped) data.set("typed", "1");
    isTyped = false;
    try {
      const response = await fetch(form.dataset.rcPulse, { method: "POST", body: data });
      if (!response.ok || response.redirected) throw new Error("not kept");
      shown.innerHTML = await response.text();
    } catch {
      isTyped ||= wasTyped;
    }
    isBusy = false;
  };
  const typed = () => {
    isTyped = true;
    clearTimeout(soon);
    soon = setTimeout(beat, AFTER_TYPING);
  };
  form.addEventListener("input", typed);
  form.addEventListener("change", typed);
  form.addEventListener("submit", () => {
    isLeaving = true;
  });
  window.addEventListener("pagehide", () => {
    if (!form.dataset.rcLetGo) return;
    const data = new FormData();
    data.set("csrfmiddlewaretoken", form.querySelector("[name=csrfmiddlewaretoken]").value);
    navigator.sendBeacon(form.dataset.rcLetGo, data);
  });
  document.addEventListener("visibilitychange", () => document.hidden && isTyped && beat());
  beat();
  return typed;
}

// A wall of pictures to choose from: a search asks the library for others, those chosen stay in sight.

const CALM = 250;

for (const wall of document.querySelectorAll("[data-rc-choose-from]")) {
  const find = wall.querySelector("[data-rc-choose-find]");
  const said = wall.querySelector("[data-rc-choose-said]");
  const list = wall.querySelector("ul");
  if (!list) continue;
  let timer = 0;
  let asked = 0;
  find.parentElement.hidden = false;
  find.addEventListener("input", () => {
    window.clearTimeout(timer);
    timer = window.setTimeout(look, CALM);
  });
  find.addEventListener("keydown", (event) => {
    if (event.key !== "Enter") return;
    event.preventDefault(); // it would send the whole form
    window.clearTimeout(timer);
    look();
  });

  async function look() {
    const number = (asked += 1);
    const address = new URL(wall.dataset.rcChooseFrom, window.location.href);
    address.searchParams.set("q", find.value);
    for (const one of list.querySelectorAll("[data-rc-choice] :checked")) address.searchParams.append("co", one.value);
    let text = null;
    try {
      const answer = await fetch(address);
      if (answer.ok && !answer.redirected) text = await answer.text();
    } catch {
      text = null;
    }
    if (number !== asked) return;
    if (text === null) {
      said.textContent = wall.dataset.rcNoAnswer;
      return;
    }
    for (const one of list.querySelectorAll("[data-rc-choice]")) if (!one.querySelector(":checked")) one.remove();
    const made = document.createElement("template");
    made.innerHTML = text;
    said.textContent = made.content.querySelector("[data-rc-choice]") ? "" : wall.dataset.rcNothing;
    list.append(made.content);
  }
}

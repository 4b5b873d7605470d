// The focal point of a picture: a tap, a click or a drag of the mouse, or the arrow keys (Shift: ten at once).
// Without it two fields of numbers.

for (const box of document.querySelectorAll("[data-rc-focal-point]")) {
  const across = document.getElementById("id_focal_x");
  const down = document.getElementById("id_focal_y");
  if (!across || !down) continue;
  const mark = document.createElement("span");
  mark.className = "rc-picture__mark";
  box.append(mark);
  const crops = document.querySelectorAll("[data-rc-crop] img");

  const kept = (value) => Math.max(0, Math.min(100, Math.round(value)));
  function show() {
    const x = kept(Number(across.value) || 0);
    const y = kept(Number(down.value) || 0);
    mark.style.left = `${x}%`;
    mark.style.top = `${y}%`;
    for (const crop of crops) crop.style.objectPosition = `${x}% ${y}%`;
    box.setAttribute("aria-valuenow", x);
    box.setAttribute("aria-valuetext", `${x} %, ${y} %`);
  }
  function set(x, y) {
    across.value = kept(x);
    down.value = kept(y);
    show();
  }
  box.tabIndex = 0;
  box.setAttribute("role", "slider");
  box.setAttribute("aria-label", box.dataset.rcFocalPoint);
  box.setAttribute("aria-valuemin", 0);
  box.setAttribute("aria-valuemax", 100);
  function point(event) {
    const place = box.getBoundingClientRect();
    set(((event.clientX - place.left) / place.width) * 100, ((event.clientY - place.top) / place.height) * 100);
  }
  box.addEventListener("click", point);
  box.addEventListener("dragstart", (event) => event.preventDefault());
  box.addEventListener("pointermove", (event) => {
    if (event.pointerType === "mouse" && event.buttons === 1) point(event); // a finger scrolls the page
  });
  box.addEventListener("keydown", (event) => {
    const step = event.shiftKey ? 10 : 1;
    const moves = { ArrowLeft: [-step, 0], ArrowRight: [step, 0], ArrowUp: [0, -step], ArrowDown: [0, step] };
    const move = moves[event.key];
    if (!move) return;
    event.preventDefault();
    set(Number(across.value) + move[0], Number(down.value) + move[1]);
  });
  across.addEventListener("input", show);
  down.addEventListener("input", show);
  show();
}

// Boxes inside the text: a picture, a video, a drive … as one block of the editor, and the chooser they come from.

import { Node } from "../django_prose_editor/editor.js";

const told = document.getElementById("rc-editor-boxes");
const known = told ? JSON.parse(told.textContent) : {};
const words = JSON.parse(document.getElementById("rc-editor-words")?.textContent || "{}");

const attribute = (name) => ({
  default: null,
  parseHTML: (element) => element.getAttribute(`data-${name}`),
  renderHTML: (values) => (values[name] ? { [`data-${name}`]: values[name] } : {}),
});

export const Box = Node.create({
  name: "box",
  group: "block",
  atom: true,
  draggable: true,
  addAttributes: () => ({ kind: attribute("kind"), id: attribute("id"), caption: attribute("caption") }),
  parseHTML: () => [{ tag: "figure[data-kind][data-id]" }],
  renderHTML: ({ HTMLAttributes }) => ["figure", HTMLAttributes],
  addNodeView: () => (given) => showBox(given),
});

function showBox({ node, editor, getPos }) {
  const { kind, id } = node.attrs;
  const about = known[`${kind}:${id}`];
  const dom = element("div", about ? "rc-box" : "rc-box rc-box--lost");
  if (about?.thumb) {
    const image = element("img", "");
    image.src = about.thumb;
    image.alt = "";
    dom.append(image);
  } else dom.append(element("span", "rc-box__kind", nameOf(kind)));
  const said = element("div", "rc-box__words");
  said.append(element("strong", "", about ? about.label : words["box lost"]));
  if (about?.note) said.append(element("small", "", about.note));
  const caption = element("input", "");
  caption.type = "text";
  caption.maxLength = 500;
  caption.placeholder = words["box caption"];
  caption.setAttribute("aria-label", `${words["box caption"]}: ${about ? about.label : nameOf(kind)}`);
  caption.value = node.attrs.caption || "";
  said.append(caption);
  const off = element("button", "rc-button rc-button--small rc-button--quiet", words["box remove"]);
  off.type = "button";
  dom.append(said, off);
  const write = (attrs) => editor.view.dispatch(editor.state.tr.setNodeMarkup(getPos(), undefined, attrs));
  caption.addEventListener("input", () => write({ ...node.attrs, caption: caption.value || null }));
  caption.addEventListener("keydown", (event) => event.key === "Enter" && event.preventDefault());
  off.addEventListener("click", () => {
    const at = getPos();
    editor.view.dispatch(editor.state.tr.delete(at, at + node.nodeSize));
    editor.commands.focus();
  });
  return {
    dom,
    update(other) {
      if (other.type !== node.type || other.attrs.kind !== kind || other.attrs.id !== id) return false;
      node = other;
      if (caption.value !== (other.attrs.caption || "")) caption.value = other.attrs.caption || "";
      return true;
    },
    stopEvent: (event) => event.target === caption || event.target === off,
    ignoreMutation: () => true,
  };
}

export function startChooser(editor) {
  const bar = document.querySelector("[data-rc-boxes]");
  const dialog = document.querySelector("[data-rc-chooser]");
  if (!bar || !dialog) return;
  const body = dialog.querySelector("[data-rc-chooser-body]");
  let asked = 0;
  const load = async (url, options) => {
    const turn = ++asked;
    try {
      const response = await fetch(url, options);
      const html = await response.text();
      if (turn !== asked) return;
      body.innerHTML = html;
      if (response.ok && body.querySelector("[data-rc-made]")) take(body.querySelector("[data-rc-choose]"));
    } catch {
      body.textContent = words["no line"];
    }
  };
  const take = (button) => {
    const { rcChoose: kind, rcId: id, rcLabel: label, rcNote: note, rcThumb: thumb } = button.dataset;
    known[`${kind}:${id}`] = { label, note, thumb };
    dialog.close();
    // A box that is selected, as the one put in just before, is not replaced: the next comes after it.
    const { selection } = editor.state;
    const box = { type: "box", attrs: { kind, id } };
    if (selection.node) editor.chain().focus().insertContentAt(selection.to, box).run();
    else editor.chain().focus().insertContent(box).run();
  };
  bar.hidden = false;
  bar.addEventListener("click", (event) => {
    const button = event.target.closest("[data-rc-box]");
    if (!button) return;
    body.replaceChildren();
    dialog.querySelector("h2").textContent = button.textContent.trim();
    dialog.showModal();
    load(button.dataset.rcBox);
  });
  dialog.addEventListener("click", (event) => {
    const button = event.target.closest("[data-rc-choose]");
    if (button) take(button);
    else if (event.target.closest("[data-rc-close]") || event.target === dialog) dialog.close();
  });
  let soon = 0;
  const find = (form) => load(`${form.getAttribute("action")}?${new URLSearchParams(new FormData(form))}`);
  dialog.addEventListener("input", (event) => {
    const form = event.target.closest("[data-rc-find]");
    if (!form) return;
    clearTimeout(soon);
    soon = setTimeout(async () => {
      const typed = event.target.value;
      await find(form);
      const field = body.querySelector("[data-rc-find] input");
      if (!field) return;
      field.focus();
      field.value = typed;
    }, 300);
  });
  dialog.addEventListener("submit", (event) => {
    event.preventDefault();
    const form = event.target;
    if (form.matches("[data-rc-find]")) return void find(form);
    const data = new FormData(form);
    data.set("unit", document.querySelector("[name=unit]")?.value || "");
    const token = document.querySelector("[name=csrfmiddlewaretoken]").value;
    load(form.getAttribute("action"), { method: "POST", body: data, headers: { "X-CSRFToken": token } });
  });
}

function nameOf(kind) {
  return document.querySelector(`[data-rc-kind="${CSS.escape(kind)}"]`)?.textContent.trim() || kind;
}

function element(name, className, text) {
  const made = document.createElement(name);
  if (className) made.className = className;
  if (text) made.textContent = text;
  return made;
}

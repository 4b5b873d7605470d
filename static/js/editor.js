// The editor's page: rich text in place of the textarea, a focal point by a click, sizes told before sending.

import { nameButtons } from "./editor-words.js";
import {
  Blockquote,
  Bold,
  BulletList,
  Document,
  Dropcursor,
  Editor,
  Gapcursor,
  HardBreak,
  Heading,
  History,
  HorizontalRule,
  Italic,
  Link,
  ListItem,
  Menu,
  NoSpellCheck,
  OrderedList,
  Paragraph,
  Strike,
  Subscript,
  Superscript,
  Table,
  TableCell,
  TableHeader,
  TableRow,
  Text,
  Underline,
  createTextareaEditor,
} from "../django_prose_editor/editor.js";
import { Box, startChooser } from "./editor-boxes.js";
import { readPaste } from "./editor-paste.js";
import { startPulse } from "./editor-pulse.js";

// The style sheet stands in static/css/editor.css: a style element would break the page's policy.
Editor.prototype.injectCSS = () => {};

const page = document.querySelector("[data-rc-pulse]");
const pulse = page && startPulse(page);
for (const area of document.querySelectorAll("[data-rc-editor]")) startEditor(area);
for (const box of document.querySelectorAll("[data-rc-focal]")) startFocal(box);
for (const input of document.querySelectorAll("input[type=file][data-rc-largest]")) startSize(input);

function startEditor(area) {
  const editor = createTextareaEditor(area, [
    Box, Document, Dropcursor, Gapcursor, Paragraph, HardBreak, Text, History, Menu, NoSpellCheck,
    Blockquote, Bold, BulletList, Heading.configure({ levels: [2, 3, 4] }), HorizontalRule, Italic,
    Link.configure({ enableTarget: false }),
    ListItem, OrderedList.configure({ enableListAttributes: false }), Strike, Subscript, Superscript, Underline, Table, TableRow, TableHeader, TableCell,
  ]);
  const told = document.querySelector("[data-rc-left-out]");
  const tell = () => told && (told.hidden = false);
  editor.setOptions({
    editorProps: {
      ...editor.options.editorProps,
      transformPastedHTML: (html) => readPaste(html, tell),
      handlePaste: (_view, { clipboardData }) => {
        if (clipboardData?.files.length && !clipboardData.getData("text/html")) tell();
        return false;
      },
    },
  });
  const surface = editor.view.dom;
  nameButtons(surface.closest(".prose-editor"));
  const label = document.querySelector(`label[for="${area.id}"]`);
  surface.setAttribute("role", "textbox");
  surface.setAttribute("aria-multiline", "true");
  if (label) {
    label.id ||= `${area.id}_label`;
    surface.setAttribute("aria-labelledby", label.id);
    label.addEventListener("click", () => editor.commands.focus());
  }
  startChooser(editor);
  if (pulse) editor.on("update", pulse);
  const help = area.getAttribute("aria-describedby");
  if (help) surface.setAttribute("aria-describedby", help);
}

function startFocal(box) {
  const picture = box.querySelector("img");
  const across = document.querySelector('[name="anh-focal_x"]');
  const down = document.querySelector('[name="anh-focal_y"]');
  const mark = document.createElement("span");
  mark.className = "rc-editor__focal";
  box.append(mark);
  const show = () => {
    const [x, y] = [across, down].map((field) => Math.min(10, Math.max(0, Math.round((Number(field.value) || 0) / 10))));
    mark.className = `rc-editor__focal rc-fx-${x} rc-fy-${y}`;
  };
  picture.addEventListener("click", (event) => {
    const area = picture.getBoundingClientRect();
    across.value = Math.round(((event.clientX - area.left) / area.width) * 100);
    down.value = Math.round(((event.clientY - area.top) / area.height) * 100);
    show();
  });
  across.addEventListener("input", show);
  down.addEventListener("input", show);
  show();
}

function startSize(input) {
  const largest = Number(input.dataset.rcLargest);
  input.addEventListener("change", () => {
    const file = input.files[0];
    const isTooLarge = file && file.size > largest * 1024 * 1024;
    input.setCustomValidity(isTooLarge ? `${file.name}: > ${largest} MB` : "");
    input.toggleAttribute("aria-invalid", Boolean(isTooLarge));
    if (isTooLarge) input.reportValidity();
  });
}

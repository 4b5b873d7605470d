// What is pasted from Word and the like, before the editor reads it: words and structure, no dress.

import { makeLists } from "./editor-lists.js";

const DROPPED = "style, script, meta, link, title, xml, head, o\\:p, img, svg, iframe, object, del";
// Comments of reviewers, words struck out by them, hidden words, tables of contents.
const NOT_TEXT = [
  "[data-style*='mso-element:comment']",
  "[data-style*='mso-hide:all']",
  "[data-style*='display:none']",
  ".MsoCommentReference",
  ".MsoCommentText",
  ".msocomanchor",
  ".msoDel",
  "[class^='MsoToc']",
].join(", ");
const KEPT = ["href", "colspan", "rowspan"];
const OF_LISTS = ["start", "type"];
const OF_BOXES = ["data-kind", "data-id", "data-caption"];

// The clean HTML. Pictures cannot come along: `told` hears how many there were.
export function readPaste(html, told = () => {}) {
  const page = new DOMParser().parseFromString(withoutStyle(html), "text/html");
  for (const element of page.querySelectorAll("[data-style]")) {
    element.dataset.style = element.dataset.style.replace(/\s*([:;])\s*/g, "$1");
  }
  for (const element of page.querySelectorAll(NOT_TEXT)) element.remove();
  const pictures = page.querySelectorAll("img").length;
  for (const element of page.querySelectorAll(DROPPED)) element.remove();
  makeNotes(page);
  makeLists(page);
  makeHeadings(page);
  makeTables(page);
  makeStrong(page);
  for (const link of page.querySelectorAll("a")) {
    if (!/^(https?:|mailto:|tel:|\/(?!\/))/i.test(link.getAttribute("href") || "")) link.replaceWith(...link.childNodes);
  }
  for (const element of page.body.querySelectorAll("*")) {
    for (const { name } of [...element.attributes]) {
      const isKept =
        KEPT.includes(name) ||
        (element.matches("ol") && OF_LISTS.includes(name)) ||
        (element.matches("figure") && OF_BOXES.includes(name));
      if (!isKept) element.removeAttribute(name);
    }
  }
  const walker = page.createTreeWalker(page.body, NodeFilter.SHOW_COMMENT);
  const comments = [];
  while (walker.nextNode()) comments.push(walker.currentNode);
  for (const comment of comments) comment.remove();
  if (pictures) told(pictures);
  return page.body.innerHTML.replaceAll("\u00a0", " ").replaceAll("&nbsp;", " ");
}

// Parsing a style or a handler breaks the page's policy already: they are renamed in the text, the style for
// what follows to read.
function withoutStyle(html) {
  return html
    .replace(/<style[\s\S]*?<\/style\s*>/gi, "")
    .replace(/<[a-z][^>]*>/gi, (tag) => tag.replace(/[\s/](style|on[a-z]+)\s*=/gi, " data-$1="));
}

// Notes at the foot are words of the text: their numbers stand raised, the notes as paragraphs at the end.
function makeNotes(page) {
  for (const mark of page.querySelectorAll("[data-style*='mso-footnote-id'], [data-style*='mso-endnote-id']")) {
    const raised = page.createElement("sup");
    raised.textContent = mark.textContent.trim();
    mark.replaceWith(raised);
  }
  for (const list of page.querySelectorAll("[data-style*='mso-element:footnote-list'], [data-style*='mso-element:endnote-list']")) {
    for (const line of list.querySelectorAll("hr")) line.remove();
  }
}

// The largest heading that was pasted stands below the title of the post, and so on down.
function makeHeadings(page) {
  for (const title of page.querySelectorAll("p.MsoTitle")) rename(title, "h1");
  const found = [...page.querySelectorAll("h1, h2, h3, h4, h5, h6")];
  const levels = [...new Set(found.map((heading) => Number(heading.localName[1])))].sort();
  for (const heading of found) {
    if (!heading.textContent.trim()) heading.remove();
    else rename(heading, `h${Math.min(4, 2 + levels.indexOf(Number(heading.localName[1])))}`);
  }
}

// Head cells are told by Word's repeated rows, or by a first row that is bold throughout.
function makeTables(page) {
  for (const table of page.querySelectorAll("table")) {
    const first = table.rows[0];
    const isHead = first && [...first.cells].some(hasWords) && [...first.cells].every((cell) => !hasWords(cell) || isBold(cell));
    const rows = new Set(table.querySelectorAll("thead tr"));
    if (isHead) rows.add(first);
    for (const row of rows) {
      for (const cell of [...row.cells]) if (cell.localName === "td") rename(cell, "th");
    }
    for (const bold of table.querySelectorAll("th b, th strong")) bold.replaceWith(...bold.childNodes);
  }
}

// Other programs say bold by a style, or wrap all of it in a <b> that is not. Word's own mso-bidi-… says nothing.
function makeStrong(page) {
  for (const element of page.querySelectorAll("b, span")) {
    if (element.localName === "b") {
      if (says(element, /font-weight:(normal|400)/)) element.replaceWith(...element.childNodes);
    } else if (says(element, BOLD)) rename(element, "strong");
    else if (says(element, /font-style:italic/)) rename(element, "em");
  }
}

const BOLD = /font-weight:(bold|[6-9]00)/;
const hasWords = (element) => element.textContent.trim() !== "";
const says = (element, style) => new RegExp(`(^|;)${style.source}`).test(element.dataset.style || "");

function isBold(cell) {
  const copy = cell.cloneNode(true);
  for (const bold of copy.querySelectorAll("b, strong, span")) if (bold.localName !== "span" || says(bold, BOLD)) bold.remove();
  return !hasWords(copy);
}

function rename(element, name) {
  const made = element.ownerDocument.createElement(name);
  for (const { name: attribute, value } of element.attributes) made.setAttribute(attribute, value);
  made.append(...element.childNodes);
  element.replaceWith(made);
}

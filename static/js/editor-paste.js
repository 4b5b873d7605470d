// What is pasted from Word and the like, before the editor reads it: words and structure, no dress.

const DROPPED = "style, script, meta, link, title, xml, head, o\\:p, img, svg, iframe, object";

const KEPT = ["href", "colspan", "rowspan", "start"];
const BOX = ["data-kind", "data-id", "data-caption"];

export function readPaste(html) {
  const page = new DOMParser().parseFromString(withoutStyle(html), "text/html");
  for (const element of page.querySelectorAll(DROPPED)) element.remove();
  makeLists(page);
  for (const element of page.body.querySelectorAll("*")) {
    for (const { name } of [...element.attributes]) {
      if (!KEPT.includes(name) && !(element.matches("figure") && BOX.includes(name))) element.removeAttribute(name);
    }
  }
  const walker = page.createTreeWalker(page.body, NodeFilter.SHOW_COMMENT);
  const comments = [];
  while (walker.nextNode()) comments.push(walker.currentNode);
  for (const comment of comments) comment.remove();
  return page.body.innerHTML.replaceAll("\u00a0", " ").replaceAll("&nbsp;", " ");
}

// Parsing a style or a handler breaks the page's policy already: they are renamed in the text, the style for
// makeLists to read.
function withoutStyle(html) {
  return html
    .replace(/<style[\s\S]*?<\/style\s*>/gi, "")
    .replace(/<[a-z][^>]*>/gi, (tag) => tag.replace(/[\s/](style|on[a-z]+)\s*=/gi, " data-$1="));
}

// Word writes lists as paragraphs with a bullet typed into them.
function makeLists(page) {
  let list = null;
  for (const paragraph of page.querySelectorAll("p")) {
    const style = paragraph.dataset.style || "";
    const isItem = /MsoListParagraph/.test(paragraph.className) || /mso-list:\s*l\d/.test(style);
    if (!isItem) {
      list = null;
      continue;
    }
    const marks = [...paragraph.querySelectorAll("[data-style*='mso-list']")];
    const isNumbered = marks.some((mark) => /^\s*\d+[.)]/.test(mark.textContent));
    for (const mark of marks) mark.remove();
    const typed = /^\s*(?:[·•o§▪-]|(\d+)[.)])\s+/u.exec(paragraph.textContent);
    if (typed) stripStart(paragraph, typed[0].length);
    if (!list || list.nextElementSibling !== paragraph) {
      list = page.createElement(isNumbered || (typed && typed[1]) ? "ol" : "ul");
      paragraph.before(list);
    }
    const item = page.createElement("li");
    const words = page.createElement("p");
    words.append(...paragraph.childNodes);
    item.append(words);
    list.append(item);
    paragraph.remove();
  }
}

function stripStart(element, count) {
  const walker = element.ownerDocument.createTreeWalker(element, NodeFilter.SHOW_TEXT);
  while (count > 0 && walker.nextNode()) {
    const text = walker.currentNode;
    const cut = Math.min(count, text.data.length);
    text.data = text.data.slice(cut);
    count -= cut;
  }
}

// Word writes a list as paragraphs with a bullet or a number typed into them: real lists of them, levels kept.

const BULLET = /^\s*[·•●○◦o§▪■□‣⁃–—+*Øüvq-]\s+/u;
const NUMBER = /^\s*\(?(?:(\d{1,3})|([ivx]{1,5}|[IVX]{1,5})|([a-z]|[A-Z]))[.)]\s+/u;
// 1.1. and the đ) of Vietnamese law are no numbers of an HTML list: they stay as words.
const WORDS = /^\s*(?:\d+(?:\.\d+)+[.)]?|[đĐ][.)]|\(?\p{L}+\s\d+[.):])\s+/u;

export function makeLists(page) {
  let open = []; // lists from the outermost in: { list, level, type, next }
  for (const paragraph of page.querySelectorAll("p, h1, h2, h3, h4, h5, h6")) {
    const told = /mso-list:\s*l\d+\s+level(\d)/.exec(paragraph.dataset.style || "");
    if (open.length && open[0].list.nextElementSibling !== paragraph) open = [];
    if (paragraph.localName !== "p" || !(told || /^MsoList/.test(paragraph.className))) {
      keepMark(paragraph);
      continue;
    }
    const mark = takeMark(paragraph);
    if (mark.isNone && open.length) open.at(-1).list.lastElementChild.append(paragraph); // the item goes on
    else if (!mark.isNone && !mark.isWords) open = put(paragraph, mark, Number(told?.[1] || 1), open);
  }
}

// Puts the paragraph into the list it belongs to, a new one if need be; gives the lists open after it.
function put(paragraph, mark, level, lists) {
  const page = paragraph.ownerDocument;
  let open = lists.filter((one) => one.level <= level);
  let at = open.at(-1);
  if (at?.level === level) {
    const goesOn = mark.readings.find((one) => one.type === at.type && (!one.type || one.number === at.next));
    if (goesOn) return add(paragraph, at, open);
    open = open.slice(0, -1);
  }
  at = open.at(-1);
  const { type, number } = mark.readings[0];
  const list = page.createElement(type ? "ol" : "ul");
  if (type && type !== "1") list.setAttribute("type", type);
  if (number > 1) list.setAttribute("start", number);
  if (at) at.list.lastElementChild.append(list);
  else paragraph.before(list);
  const made = { list, level, type, next: number };
  return add(paragraph, made, [...open, made]);
}

function add(paragraph, at, open) {
  const page = paragraph.ownerDocument;
  const item = page.createElement("li");
  const words = page.createElement("p");
  words.append(...paragraph.childNodes);
  item.append(words);
  at.list.append(item);
  at.next += 1;
  paragraph.remove();
  return open;
}

// Takes the typed mark off, and tells what it may mean: c) is a letter, i) a letter or a Roman one.
function takeMark(paragraph) {
  const ignored = [...paragraph.querySelectorAll("[data-style*='mso-list:Ignore']")];
  const typed = `${ignored.map((mark) => mark.textContent).join("").trim()} `;
  if (typed.trim()) {
    if (WORDS.test(typed)) {
      keepMark(paragraph);
      return { isWords: true };
    }
    for (const mark of ignored) mark.remove();
    return { readings: readingsOf(typed) };
  }
  if (WORDS.test(paragraph.textContent)) return { isWords: true };
  const found = NUMBER.exec(paragraph.textContent) || BULLET.exec(paragraph.textContent);
  if (!found) return { isNone: true };
  stripStart(paragraph, found[0].length);
  return { readings: readingsOf(`${found[0].trim()} `) };
}

function readingsOf(typed) {
  const found = NUMBER.exec(typed);
  if (!found) return [{ type: "" }];
  const [, digits, roman, letter] = found;
  if (digits) return [{ type: "1", number: Number(digits) }];
  const said = roman || letter;
  const isSmall = said === said.toLowerCase();
  const readings = [];
  if (said.length === 1) readings.push({ type: isSmall ? "a" : "A", number: said.toLowerCase().charCodeAt(0) - 96 });
  if (!roman) return readings;
  const read = { type: isSmall ? "i" : "I", number: romanOf(said.toLowerCase()) };
  return read.number === 1 ? [read, ...readings] : [...readings, read];
}

function keepMark(paragraph) {
  for (const mark of paragraph.querySelectorAll("[data-style*='mso-list:Ignore']")) {
    mark.textContent = `${mark.textContent.trim()} `;
  }
}

function romanOf(text) {
  const worth = { i: 1, v: 5, x: 10 };
  let sum = 0;
  for (let n = 0; n < text.length; n += 1) {
    const [one, next] = [worth[text[n]], worth[text[n + 1]] || 0];
    sum += one < next ? -one : one;
  }
  return sum;
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

"""From what an officer typed to a Document: plain lines, no markup, nothing is run."""

import csv
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from io import StringIO
from typing import Any

from papers.layout.document import Annex, Article, Document, Heading, Item, Paragraph, Signature, Table
from papers.rules import PaperKind, capacity_lines, sign_of

ARTICLE = re.compile(r"(Điều\s+\d{1,3})\s*[.:]\s*(.*)", re.IGNORECASE)
HEADING = re.compile(r"((?:Phần|Chương|Mục)\s+(?:[IVXLC]+|\d{1,2}))\s*[.:]?\s*(.*)")
FIGURES = re.compile(r"[\d.,\s%-]*\d[\d.,\s%]*")
ABOUT = re.compile(r"V/v:?\s+", re.IGNORECASE)  # the layout sets it before an official letter's matter
SHORT = re.compile(r"\d{1,4}")
MOST_COLUMNS = 12
ANNEXES = (1, 2)
NARROW = {"stt", "tt", "số tt"}


@dataclass(frozen=True, slots=True)
class Head:
    """What stands at the head of a unit's papers."""

    superior: str
    issuer: str
    place: str
    address: str = ""


def compose(values: Mapping[str, Any], kind: PaperKind, head: Head, sign: str) -> Document:
    """The document of a draft; `values` are the fields of the drafting form."""
    abstract = " ".join(str(values.get("abstract", "")).split())
    if not kind.has_title:
        abstract = ABOUT.sub("", abstract, count=1)
    resolution = f"{kind.name}:" if kind.code in {"decision", "resolution"} else ""
    signature = Signature(
        tuple(
            line
            for line in capacity_lines(
                values.get("capacity", "head"), values.get("post", ""), values.get("on_behalf_of", "")
            )
            if line.strip()
        ),
        " ".join(str(values.get("signer_name", "")).split()),
    )
    signatures = [signature] if signature.lines or signature.name else []
    if values.get("second_post"):
        second = Signature((values["second_post"],), " ".join(str(values.get("second_name", "")).split()))
        signatures.insert(0, second)
    return Document(
        kind=kind.name if kind.has_title else "",
        issuer=tuple(lines_of(head.issuer)),
        superior=tuple(lines_of(head.superior)),
        sign=sign_of(kind, sign) if kind.has_number else "",
        place=head.place,
        year=values.get("year"),
        abstract=abstract if kind.has_title else "",
        about=abstract if not kind.has_title else "",
        addressees=tuple(lines_of(values.get("addressees", ""))),
        authority=" ".join(str(values.get("authority", "")).split()),
        grounds=tuple(lines_of(values.get("grounds", ""))),
        resolution=resolution,
        items=items_of(str(values.get("body", ""))),
        receivers=tuple(lines_of(values.get("receivers", ""))),
        signatures=tuple(signatures),
        annexes=tuple(
            Annex(
                str(values[f"annex_{n}_title"]).strip(), annex_items(str(values.get(f"annex_{n}_rows", "")))
            )
            for n in ANNEXES
            if str(values.get(f"annex_{n}_title", "")).strip()
        ),
        address=head.address,
        form="decree30" if kind.code != "thanks" else "letter",
    )


def annex_fields(
    title: str, head: Sequence[str], rows: Iterable[Sequence[object]], *, place: int = 1
) -> dict[str, str]:
    """The drafting form's fields of an annexed list: `place` 1 or 2. None in a cell is an empty one.

    Tabs and line ends inside a cell become spaces, so every row keeps its columns.
    """
    written = StringIO()
    for row in (head, *rows):
        cells = (" ".join(str("" if cell is None else cell).split()) for cell in row)
        csv.writer(written, delimiter="\t", lineterminator="\n").writerow(cells)
    return {f"annex_{place}_title": title, f"annex_{place}_rows": written.getvalue().rstrip("\n")}


def lines_of(text: str) -> list[str]:
    """Lines with something in them, trimmed."""
    return [line.strip() for line in str(text).splitlines() if line.strip()]


def items_of(text: str) -> tuple[Item, ...]:
    """A line is a paragraph; "Điều 1. …" begins an article, to which the lines below belong."""
    items: list[Item] = []
    for line in lines_of(text):
        if found := ARTICLE.fullmatch(line):
            items.append(Article(found[2], label=" ".join(found[1].split())))
        elif found := HEADING.fullmatch(line):
            items.append(Heading(found[1], found[2]))
        else:
            items.append(Paragraph(line))
    return tuple(items)


def annex_items(text: str) -> tuple[Item, ...]:
    """A pasted table (tabs from a sheet, or "|" or ";") with its head in the first line; else paragraphs."""
    rows = table_rows(text)
    if not rows or max(len(row) for row in rows) < 2:
        return items_of(text)
    head, *body = rows
    count = min(max(len(row) for row in rows), MOST_COLUMNS)
    padded = [(*row, *[""] * count)[:count] for row in body]
    figures = tuple(
        n
        for n in range(count)
        if head[n : n + 1]
        and any("." in row[n] for row in padded)
        and all(FIGURES.fullmatch(row[n]) for row in padded if row[n])
    )
    centred = tuple(
        n
        for n in range(count)
        if n not in figures and padded and all(not row[n] or SHORT.fullmatch(row[n]) for row in padded)
    )
    return (
        Table(
            head=(*head, *[""] * count)[:count],
            rows=tuple(padded),
            widths=shares((*head, *[""] * count)[:count], padded),
            figures=figures,
            centred=centred,
        ),
    )


def table_rows(text: str) -> list[tuple[str, ...]]:
    """Cells by the mark that the first line holds: tab, "|" or ";"."""
    lines = [line for line in text.splitlines() if line.strip()]
    if not lines:
        return []
    mark = next((one for one in "\t|;" if one in lines[0]), "")
    if not mark:
        return [(line.strip(),) for line in lines]
    return [tuple(cell.strip() for cell in row) for row in csv.reader(lines, delimiter=mark)]


def shares(head: tuple[str, ...], rows: list[tuple[str, ...]]) -> tuple[float, ...]:
    """Widths by what stands in the columns: the longest word must fit, long text gets more, within bounds."""
    widths = []
    for n, title in enumerate(head):
        texts = [row[n] for row in rows[:200]]
        longest = max((len(text) for text in texts), default=0)
        word = max((len(w) for text in (title, *texts) for w in text.split()), default=1)
        least = 4 if title.casefold() in NARROW else 5
        widths.append(float(max(least, word + 1, min(longest, 26), min(len(title) / 2, 12))))
    return tuple(widths)

"""A workbook handed back as it came, two cells longer on each row: formats, widths and formulas stay.

The sheet's XML is streamed, nothing of it is parsed into cells: a tenth of the time of writing it anew.
"""

import posixpath
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import IO
from xml.etree import ElementTree as ET
from xml.sax.saxutils import escape

from people.rules.columns import column_letter
from people.sheets.writing import BAD

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
STRICT = "{http://purl.oclc.org/ooxml/spreadsheetml/main}"
ROW = re.compile(rb"<(?P<end>/?)(?P<prefix>(?:\w+:)?)row(?P<attributes>[\s/][^<>]*)?>")
NUMBER = re.compile(rb"\sr=[\"'](\d+)[\"']")
CHUNK = 1 << 18

Words = Iterator[tuple[int, str, str]]


def annotate(out: IO[bytes], path: Path, sheet: str, words: Words, column: int) -> None:
    """Copies the workbook; each (row, verdict, reasons), in the order of rows, goes to `column` (from 0) on.

    Raises ValueError for a workbook that does not say where the sheet lies.
    """
    with (
        zipfile.ZipFile(path) as parts,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=3) as made,
    ):
        target = part_of(parts, sheet)
        for info in parts.infolist():
            with parts.open(info) as source, made.open(info.filename, "w", force_zip64=True) as copy:
                pieces = pieces_of(source)
                for piece in longer_rows(pieces, words, column) if info.filename == target else pieces:
                    copy.write(piece)


def pieces_of(source: IO[bytes]) -> Iterator[bytes]:
    """A part of the workbook, a piece at a time."""
    while piece := source.read(CHUNK):
        yield piece


def part_of(parts: zipfile.ZipFile, sheet: str) -> str:
    """The name of the part that holds the sheet."""
    book = ET.fromstring(parts.read("xl/workbook.xml"))  # noqa: S314  inspected: no DTD in it
    links = ET.fromstring(parts.read("xl/_rels/workbook.xml.rels"))  # noqa: S314
    targets = {link.get("Id"): link.get("Target", "") for link in links}
    for one in book.iter():
        if one.tag in {f"{MAIN}sheet", f"{STRICT}sheet"} and one.get("name") == sheet:
            link = next((value for key, value in one.attrib.items() if key.endswith("}id")), "")
            target = targets.get(link, "")
            name = target.lstrip("/") if target.startswith("/") else posixpath.normpath(f"xl/{target}")
            if name in parts.namelist():
                return name
    raise ValueError(sheet)


def longer_rows(pieces: Iterator[bytes], words: Words, column: int) -> Iterator[bytes]:
    """The sheet's XML with the words' cells at the end of their rows."""
    letters = [column_letter(column + n).encode() for n in range(2)]
    following = next(words, None)
    number, rest = 0, b""
    for piece in pieces:
        text = rest + piece
        # An unfinished tag waits for the rest of it.
        cut = text.rfind(b"<") if text.rfind(b"<") > text.rfind(b">") else len(text)
        text, rest = text[:cut], text[cut:]
        done: list[bytes] = []
        last = 0
        for tag in ROW.finditer(text):
            attributes = tag["attributes"] or b""
            if not tag["end"]:
                said = NUMBER.search(attributes)
                number = int(said[1]) if said else number + 1
                if not attributes.endswith(b"/"):
                    continue
            while following is not None and following[0] < number:
                following = next(words, None)
            if following is None or following[0] != number:
                continue
            cells = _cells(tag["prefix"], letters, number, following[1:])
            if tag["end"]:
                done += [text[last : tag.start()], cells, tag[0]]
            else:
                opened = tag[0][:-2] + b">"
                done += [text[last : tag.start()], opened, cells, b"</" + tag["prefix"] + b"row>"]
            last = tag.end()
            following = next(words, None)
        yield b"".join([*done, text[last:]])
    yield rest


def _cells(p: bytes, letters: list[bytes], number: int, texts: tuple[str, ...]) -> bytes:
    return b"".join(
        b'<%bc r="%b%d" t="inlineStr"><%bis><%bt xml:space="preserve">' % (p, letter, number, p, p)
        + escape(text.translate(BAD)).encode()
        + b"</%bt></%bis></%bc>" % (p, p, p)
        for letter, text in zip(letters, texts, strict=True)
    )


def is_plain(path: Path) -> bool:
    """True if the workbook may be handed back as it is: it points to no other file."""
    with zipfile.ZipFile(path) as parts:
        return not any(name.startswith("xl/externalLinks/") for name in parts.namelist())

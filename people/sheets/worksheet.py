"""The rows of one sheet out of its XML, streamed through expat: openpyxl's values in a sixth of its time.

openpyxl reads what surrounds the sheet (parts, shared texts, formats); only the walk over the cells is ours.
Both are compared cell by cell in tests/people/test_worksheet.py.
"""

import warnings
from collections.abc import Callable, Iterator
from typing import IO, Any
from xml.parsers import expat

from openpyxl.reader.excel import ExcelReader
from openpyxl.styles.stylesheet import apply_stylesheet
from openpyxl.utils.datetime import from_excel, from_ISO8601

from people.rules.cells import FORMULA

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
STRICT = "http://purl.oclc.org/ooxml/spreadsheetml/main"
PIECE = 1 << 16

Row = tuple[int, list[Any]]
Convert = Callable[[str, int], Any]


def sheet_rows(file: IO[bytes], sheet: str, columns: int) -> Iterator[Row]:
    """The rows the sheet holds, numbered as it numbers them, each up to its last cell within `columns`.

    Stored values; a formula never computed is FORMULA, an empty cell None. Raises KeyError for an unknown
    sheet, and whatever openpyxl or expat raise for a damaged file.
    """
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # openpyxl warns of formats nobody asked for
        book: Any = ExcelReader(file, read_only=True, data_only=True, keep_links=False)
        book.read_manifest()
        book.read_strings()
        book.read_workbook()
        apply_stylesheet(book.archive, book.wb)
    parts = {one.name: link.target for one, link in book.parser.find_sheets()}
    with book.archive.open(parts[sheet]) as source:
        yield from streamed(source, converters(book), columns)


def converters(book: Any) -> dict[str, Convert]:
    """By type of cell: text and style in, value out."""
    epoch, days, spans = book.wb.epoch, book.wb._date_formats, book.wb._timedelta_formats
    strings: list[str] = book.shared_strings

    def number(text: str, style: int) -> Any:
        value = float(text) if "." in text or "E" in text or "e" in text else int(text)
        if style not in days:
            return value
        try:
            return from_excel(value, epoch, timedelta=style in spans)
        except (OverflowError, ValueError):
            return "#VALUE!"

    return {
        "n": number,
        "s": lambda text, _style: strings[int(text)],
        "b": lambda text, _style: bool(int(text)),
        "d": lambda text, _style: from_ISO8601(text),
    }


def streamed(source: IO[bytes], convert: dict[str, Convert], columns: int) -> Iterator[Row]:
    """Rows as they are read: no more than a piece of the XML is held."""
    walk = Walk(convert, columns)
    parser = expat.ParserCreate(namespace_separator="}")
    parser.buffer_text = True
    parser.StartDoctypeDeclHandler = refuse_doctype
    parser.StartElementHandler = walk.start
    parser.EndElementHandler = walk.end
    parser.CharacterDataHandler = walk.text
    while piece := source.read(PIECE):
        parser.Parse(piece, False)
        yield from walk.taken()
    parser.Parse(b"", True)
    yield from walk.taken()


def refuse_doctype(*_words: Any) -> None:
    raise ValueError("a worksheet has no document type")


class Walk:
    """What expat calls. A cell's value lies in <v>, or in the <t> of <is>; <rPh> is how it is read aloud."""

    __slots__ = (
        "cells", "columns", "convert", "done", "has_formula", "has_value", "held", "is_listening", "kind",
        "number", "place", "skips", "style",
    )  # fmt: skip

    def __init__(self, convert: dict[str, Convert], columns: int) -> None:
        self.convert, self.columns = convert, columns
        self.done: list[Row] = []
        self.cells: list[Any] = []
        self.number = self.style = self.skips = 0
        self.place = -1
        self.kind, self.held = "n", ""
        self.has_formula = self.has_value = self.is_listening = False

    def taken(self) -> list[Row]:
        """The rows finished since the last call."""
        done, self.done = self.done, []
        return done

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        match NAMES.get(tag):
            case "c":
                said = attributes.get("r")
                self.place = place_of(said) if said else self.place + 1
                self.kind = attributes.get("t", "n")
                self.style = int(attributes.get("s", 0))
                self.held = ""
                self.has_formula = self.has_value = False
            case "v" | "t":
                self.is_listening = self.has_value = not self.skips
            case "f":
                self.has_formula = True
            case "rPh":
                self.skips += 1
            case "row":
                said = attributes.get("r")
                self.number = int(float(said)) if said else self.number + 1
                self.place, self.cells = -1, []

    def text(self, data: str) -> None:
        if self.is_listening:
            self.held += data

    def end(self, tag: str) -> None:
        match NAMES.get(tag):
            case "v" | "t":
                self.is_listening = False
            case "c":
                if self.place < self.columns:
                    self.cells += [None] * (self.place - len(self.cells))
                    self.cells[self.place :] = [self.value()]
            case "rPh":
                self.skips -= 1
            case "row":
                self.done.append((self.number, self.cells))

    def value(self) -> Any:
        if not self.held:
            if self.has_formula:
                return FORMULA
            return "" if self.has_value and self.kind == "inlineStr" else None
        converter = self.convert.get(self.kind)
        return converter(self.held, self.style) if converter else self.held


NAMES = {f"{space}}}{name}": name for space in (MAIN, STRICT) for name in ("row", "c", "v", "t", "f", "rPh")}


def place_of(reference: str) -> int:
    """The column of "C12", from 0."""
    place = 0
    for letter in reference:
        if letter.isdigit():
            break
        place = place * 26 + ord(letter.upper()) - 64
    return place - 1

"""Reads papers back: a PDF letter by letter, a .docx paragraph by paragraph."""

import io
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import docx
from docx.table import Table
from docx.text.paragraph import Paragraph
from pdfminer.high_level import extract_pages
from pdfminer.layout import LTChar, LTContainer

MM = 72 / 25.4


@dataclass(frozen=True)
class Letter:
    text: str
    size: float
    bold: bool
    italic: bool
    page: int
    x0: float  # mm from the left edge
    x1: float
    top: float  # mm from the upper edge


def plain(text: str) -> str:
    return "".join(text.replace("\u200b", "").split())


def letters(pdf: bytes) -> list[Letter]:
    """The letters of a PDF in the order in which they were set."""
    return [
        letter
        for number, page in enumerate(extract_pages(io.BytesIO(pdf), laparams=None), 1)
        for letter in _letters(page, number, page.height)
        if plain(letter.text)
    ]


def _letters(one: Any, page: int, height: float) -> Iterator[Letter]:
    if isinstance(one, LTChar):
        name = one.fontname.lower()
        yield Letter(
            plain(one.get_text()),
            round(one.size, 2),
            "bold" in name,
            "italic" in name,
            page,
            one.x0 / MM,
            one.x1 / MM,
            (height - one.y1) / MM,
        )
    elif isinstance(one, LTContainer):
        for child in one:
            yield from _letters(child, page, height)


def paragraphs(file: bytes) -> list[Paragraph]:
    """Paragraphs with text of a .docx in reading order, those of tables in their place, feet last."""
    document = docx.Document(io.BytesIO(file))
    found = [one for one in _inside(document) if plain(one.text)]
    for section in document.sections:
        found += [one for one in section.first_page_footer.paragraphs if plain(one.text)]
    return found


def _inside(container: Any) -> Iterator[Paragraph]:
    for one in container.iter_inner_content():
        if isinstance(one, Table):
            for row in one.rows:
                for cell in row.cells:
                    yield from _inside(cell)
        else:
            yield one

"""Opens .xlsx, .xls and .csv by their content, not their name; rows come one by one, in flat memory.

A file nobody should open gets a sentence (Unreadable); a file with something odd in it is read, and
the oddity told (`Book.notices`).
"""

import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from foundation.refusal import Refused
from people.sheets import texts, workbooks

MOST_ROWS = 400_000
MOST_COLUMNS = 60
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
ENDINGS = {".xlsx": "xlsx", ".xls": "xls", ".csv": "text", ".txt": "text", ".tsv": "text"}

Row = tuple[int, list[Any]]


class Unreadable(Refused):
    """The file cannot or must not be read; says why and what to do."""


@dataclass(slots=True)
class Book:
    """An open file: its kind, its sheets' names, what was odd; `rows(sheet)` starts over at each call."""

    kind: str
    path: Path
    sheets: list[str]
    read: Callable[[str], Iterator[Row]]
    notices: list[str] = field(default_factory=list)

    def rows(self, sheet: str = "") -> Iterator[Row]:
        """Numbered from 1, at most MOST_ROWS and one more, each as wide as it is up to MOST_COLUMNS."""
        try:
            for number, values in self.read(sheet or self.sheets[0]):
                if number > MOST_ROWS + workbooks.HEAD_ROOM:
                    raise Unreadable(
                        [_("The list has more than %(most)s rows. Split it.") % {"most": MOST_ROWS}]
                    )
                yield number, values[:MOST_COLUMNS]
        except Refused:
            raise
        except texts.NotText as error:
            raise Unreadable([_("This is no text file that can be read.")]) from error
        except Exception as error:  # whatever a damaged file makes a library raise
            raise Unreadable([_("The file is damaged. Open it in Excel and save it once more.")]) from error


def open_book(path: Path, name: str) -> Book:
    """Opens what the file is, whatever its name says; raises Unreadable."""
    with path.open("rb") as file:
        head = file.read(512)
    if not head:
        raise Unreadable([_("The file is empty.")])
    if head.startswith(OLE):
        book = _old(path)
    elif head.startswith(b"PK"):
        book = _new(path)
    elif b"<html" in head.lower() or b"<table" in head.lower() or head.lstrip().startswith(b"<?xml"):
        raise Unreadable([_("This is a web page saved as a table. Open it in Excel and save it as .xlsx.")])
    elif head.startswith((b"%PDF", b"{\\rtf", b"\x7fELF", b"MZ", b"\x89PNG", b"\xff\xd8\xff")):
        raise Unreadable([_("This is no list. Send .xlsx, .xls or .csv.")])
    else:
        book = _text(path)
    ending = Path(name).suffix.lower()
    if ENDINGS.get(ending, book.kind) != book.kind:
        book.notices.append(
            _("The name ends in %(ending)s, the content is something else; it was read as what it is.")
            % {"ending": ending}
        )
    return book


def _new(path: Path) -> Book:
    try:
        with zipfile.ZipFile(path) as parts:
            trouble, notices = workbooks.inspect(parts)
        if trouble:
            raise Unreadable([trouble])
        names = workbooks.sheet_names(path)
    except Refused:
        raise
    except Exception as error:  # whatever a damaged file makes a library raise
        raise Unreadable([_("The file is damaged. Open it in Excel and save it once more.")]) from error
    if not names:
        raise Unreadable([_("The file holds no sheet with rows.")])
    return Book(
        "xlsx", path, names, lambda sheet: workbooks.xlsx_rows(path, sheet, MOST_COLUMNS), list(notices)
    )


def _old(path: Path) -> Book:
    if ENCRYPTED in path.read_bytes():
        raise Unreadable([_("The file is protected by a password. Save it without one and send it again.")])
    try:
        names = workbooks.xls_names(path)
    except Exception as error:  # whatever a damaged file makes a library raise
        if "assword" in str(error) or "ncrypt" in str(error):
            sentence = _("The file is protected by a password. Save it without one and send it again.")
        else:
            sentence = _("This is no list. Send .xlsx, .xls or .csv.")
        raise Unreadable([sentence]) from error
    if not names:
        raise Unreadable([_("The file holds no sheet with rows.")])
    return Book("xls", path, names, lambda sheet: workbooks.xls_rows(path, sheet))


def _text(path: Path) -> Book:
    try:
        form = texts.sniff(path)
    except texts.NotText as error:
        raise Unreadable([_("This is no text file that can be read.")]) from error
    return Book("text", path, [""], lambda _sheet: texts.text_rows(path, form))

"""What a file sent in really is, and what in it nobody should be handed."""

import re
import zlib
from collections.abc import Collection, Iterator
from typing import IO, Any
from zipfile import BadZipFile, ZipFile

from django.utils.translation import gettext as _

from foundation.refusal import Refused
from news.reading import DANGERS

PDF = "application/pdf"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
ENDINGS = {".pdf": PDF, ".docx": DOCX, ".xlsx": XLSX}
NAMES = {PDF: "PDF", DOCX: "Word", XLSX: "Excel"}
# The part without which a packed file is none of its kind.
PARTS = {DOCX: "word/document.xml", XLSX: "xl/workbook.xml"}
UNPACKED = 300 * 1024 * 1024
ENTRIES = 5_000
ACTING = ("vbaproject.bin", ".exe", ".js", ".vbs", ".bat", ".mht")  # in a packed file
ACTING_SHELVES = ("xl/macrosheets/", "xl/dialogsheets/", "xl/activex/", "xl/ctrlprops/")
_NAME = re.compile(rb"/([A-Za-z#][A-Za-z0-9#]*)")
_ESCAPE = re.compile(rb"#([0-9A-Fa-f]{2})")
_STREAM = re.compile(rb"stream\r?\n")
_FAR = re.compile(
    rb"""target=["'](?:https?:|ftp:|//|(?:file:/*)?\\\\|file:////|file://[^/])""", re.IGNORECASE
)
_OBJECTS = 64 * 1024 * 1024  # bytes of packed objects looked into


class NotAccepted(Refused):
    """The file is not taken in; the sentence says why and what to do."""


def kind_of(file: IO[bytes], name: str, kinds: Collection[str] = (PDF, DOCX)) -> str:
    """The content type, told by the content; refuses what is of no such kind, lies, or is cut."""
    file.seek(0)
    head = file.read(1024)
    file.seek(0)
    ending = name[name.rfind(".") :].lower() if "." in name else ""
    is_pdf, is_packed = b"%PDF-" in head, head.startswith(b"PK\x03\x04")
    said = ENDINGS.get(ending, "")
    if said not in kinds or not (is_pdf or is_packed):
        raise NotAccepted(_neither(kinds))
    if (said == PDF) != is_pdf:
        raise NotAccepted(_lies())
    return said


def check_pdf(data: Any) -> None:
    """Refuses a PDF that holds scripts, attachments or forms that act; `data` is bytes or a memory map."""
    found = {name for piece in _readable(data) for name in names_in(piece)} & DANGERS
    if found:
        raise NotAccepted(unsafe_words())


def unsafe_words() -> str:
    """Why a PDF that can act by itself is not shown, and what helps."""
    return _(
        "The PDF holds scripts, attachments or active forms and is not taken in. "
        "Print it to a new PDF (“Save as PDF”), then send that one."
    )


def locked_words() -> str:
    """Why a PDF that asks for a password is not shown, and what helps."""
    return _(
        "The PDF is locked with a password: readers could not open it. "
        "Open it, print it to a new PDF (“Save as PDF”), then send that one."
    )


def names_in(piece: bytes) -> Iterator[str]:
    """Every PDF name in the bytes, its #xx written out."""
    for found in _NAME.finditer(piece):
        plain = _ESCAPE.sub(lambda code: bytes([int(code[1], 16)]), found[1])
        yield plain.decode("latin-1")


def _readable(data: Any) -> Iterator[bytes]:
    """The PDF without its streams, and what its object streams hold."""
    place, unpacked = 0, 0
    for begin in _STREAM.finditer(data):
        if begin.start() < place:
            continue
        end = data.find(b"endstream", begin.end())
        if end < 0:
            break
        piece = data[place : begin.start()]
        yield piece
        if b"ObjStm" in piece[-2_000:] and unpacked < _OBJECTS:
            packed = zlib.decompressobj()
            try:
                objects = packed.decompress(data[begin.end() : end], _OBJECTS - unpacked)
            except zlib.error:
                objects = b""
            unpacked += len(objects)
            yield objects
        place = end
    yield data[place:]


def check_office(file: IO[bytes], kind: str, kinds: Collection[str] = (PDF, DOCX)) -> None:
    """Refuses what is no document of this kind, acts by itself, or unpacks to more than anybody writes."""
    program = {"program": NAMES[kind]}
    damaged = _("The %(program)s file is damaged. Save it anew, then send it.") % program
    try:
        with ZipFile(file) as book:
            entries = book.infolist()
            if len(entries) > ENTRIES or sum(entry.file_size for entry in entries) > UNPACKED:
                raise NotAccepted(
                    _("The %(program)s file unpacks to too much. Save it as PDF, then send that.") % program
                )
            names = {entry.filename.lower() for entry in entries}
            if PARTS[kind] not in names:
                raise NotAccepted(_lies() if names & set(PARTS.values()) else _neither(kinds))
            if any(name.endswith(ACTING) or name.startswith(ACTING_SHELVES) for name in names):
                ending = next(one for one, of in ENDINGS.items() if of == kind)
                raise NotAccepted(
                    _(
                        "The %(program)s file holds macros and is not taken in. "
                        "Save it as %(ending)s without macros."
                    )
                    % (program | {"ending": ending})
                )
            if kind == DOCX and _fetches(book):
                raise NotAccepted(
                    _(
                        "The Word file loads a template from the internet as it opens and is not taken in. "
                        "Save it as PDF, then send that."
                    )
                )
            if kind == XLSX and _asks_elsewhere(book):
                raise NotAccepted(
                    _(
                        "The Excel file fetches data from elsewhere as it opens and is not taken in. "
                        "Copy the values into a new file, then send that."
                    )
                )
            with book.open(PARTS[kind]) as text:
                is_odd = b"<!DOCTYPE" in text.read(4096)
    except (BadZipFile, OSError, ValueError, KeyError, RuntimeError, zlib.error) as error:
        raise NotAccepted(damaged) from error
    if is_odd:  # no office program writes one; its entities can unfold to gigabytes
        raise NotAccepted(damaged)


def _neither(kinds: Collection[str]) -> str:
    if XLSX in kinds:
        return _("Only PDF, Word (.docx) and Excel (.xlsx) files are taken in; this file is none of them.")
    return _("Only PDF and Word (.docx) files are taken in; this file is neither.")


def _lies() -> str:
    return _("The name of the file says one thing, its content another. Save it anew, then send it.")


def _fetches(book: ZipFile) -> bool:
    """True if the document loads a template from a server as it is opened: macros by another way."""
    name = "word/_rels/settings.xml.rels"
    if name not in book.namelist():
        return False
    with book.open(name) as file:
        return _FAR.search(file.read(200_000)) is not None


def _asks_elsewhere(book: ZipFile) -> bool:
    """True if a workbook has connections to data, or links that start a program (DDE)."""
    for name in book.namelist():
        plain = name.lower()
        if plain == "xl/connections.xml":
            return True
        if plain.startswith("xl/externallinks/") and plain.endswith(".xml"):
            with book.open(name) as file:
                if b"ddeLink" in file.read(200_000):
                    return True
    return False


def plain_name(name: str) -> str:
    """The file's name without folders and control characters, at most 150 letters."""
    base = re.split(r"[\\/]", name)[-1]
    kept = "".join(letter for letter in base if letter.isprintable()).strip(" .")
    return kept[-150:] or "van-ban"

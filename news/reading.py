"""Reads one file of the library in a process of its own: `reading.py PATH KIND PAGES LETTERS MB SECONDS`.

Prints one JSON a line: {"danger": …} first, then {"text": …} for each page, {"end": …} last; of a PDF that
asks for a password only {"end": "locked"}. Knows neither Django nor the database, so a file that wants all
memory or all time ends this process and nothing else.
"""

import json
import resource
import sys
from collections.abc import Iterator
from typing import Any
from zipfile import ZipFile

WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
# What lets a PDF act by itself or carry something along (ISO 32000-2: actions, multimedia, forms, files).
DANGERS = {
    "JavaScript",
    "JS",
    "Launch",
    "EmbeddedFile",
    "EmbeddedFiles",
    "RichMedia",
    "Movie",
    "Sound",
    "XFA",
    "SubmitForm",
    "ImportData",
    "GoToE",
}
DEEPEST = 40


class Locked(Exception):
    """The file opens only with a password, or under a lock that is not known."""


def tell(**facts: Any) -> None:
    """One line to whoever started us."""
    sys.stdout.write(json.dumps(facts) + "\n")


def dangers_of(document: Any) -> bool:
    """True if any object names something that acts; looks at dictionaries, never into pages' streams."""
    from pdfminer.pdftypes import PDFObjectNotFound, PDFStream
    from pdfminer.psparser import PSLiteral

    def acts(thing: Any, depth: int = 0) -> bool:
        if depth > DEEPEST:
            return True
        if isinstance(thing, PDFStream):
            thing = thing.attrs
        if isinstance(thing, dict):
            return any(key in DANGERS or acts(value, depth + 1) for key, value in thing.items())
        if isinstance(thing, list):
            return any(acts(one, depth + 1) for one in thing)
        return isinstance(thing, PSLiteral) and thing.name in DANGERS

    for xref in document.xrefs:
        for number in xref.get_objids():
            try:
                found = document.getobj(number)
            except PDFObjectNotFound:
                continue
            if acts(found):
                return True
    return False


def pages_of_pdf(path: str, most_pages: int) -> Iterator[str]:
    """The text of each page; says first whether the file is safe."""
    from pdfminer.converter import PDFPageAggregator
    from pdfminer.layout import LAParams, LTTextContainer
    from pdfminer.pdfdocument import PDFDocument, PDFEncryptionError, PDFPasswordIncorrect
    from pdfminer.pdfinterp import PDFPageInterpreter, PDFResourceManager
    from pdfminer.pdfpage import PDFPage
    from pdfminer.pdfparser import PDFParser

    with open(path, "rb") as file:
        try:
            document = PDFDocument(PDFParser(file), caching=False)
        except (PDFPasswordIncorrect, PDFEncryptionError) as error:
            raise Locked from error
        tell(danger=dangers_of(document))
        manager = PDFResourceManager(caching=True)
        device = PDFPageAggregator(manager, laparams=LAParams())
        interpreter = PDFPageInterpreter(manager, device)
        for number, page in enumerate(PDFPage.create_pages(document)):
            if number >= most_pages:
                return
            interpreter.process_page(page)
            blocks = [one.get_text() for one in device.get_result() if isinstance(one, LTTextContainer)]
            yield "".join(blocks)


def pages_of_docx(path: str) -> Iterator[str]:
    """The paragraphs of a Word document, one a piece."""
    from lxml.etree import iterparse

    tell(danger=False)
    with ZipFile(path) as book, book.open("word/document.xml") as file:
        rows = iterparse(file, tag=f"{WORD}p", resolve_entities=False, no_network=True, huge_tree=True)
        for _event, element in rows:
            yield "".join(one.text or "" for one in element.iter(f"{WORD}t")) + "\n"
            element.clear()
            while element.getprevious() is not None:
                del element.getparent()[0]


def main(path: str, kind: str, most_pages: int, most_letters: int, megabytes: int, seconds: int) -> None:
    memory = megabytes * 1024 * 1024
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    pages = letters = 0
    try:
        for text in pages_of_pdf(path, most_pages) if kind == "pdf" else pages_of_docx(path):
            pages += 1
            letters += len(text)
            if letters > most_letters:
                tell(end="cut", pages=pages)
                return
            tell(text=text)
    except Locked:
        tell(end="locked", pages=0)
        return
    tell(end="whole", pages=pages)


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], *(int(one) for one in sys.argv[3:7]))

"""Files sent in, looked at before they are kept, and read in a process of its own."""

import json
import mmap
import subprocess
import sys
import tempfile
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from typing import Any

from django.core.files.base import File
from django.utils.translation import gettext as _

from news import reading
from news.rules.files import (
    DOCX,
    PDF,
    NotAccepted,
    check_office,
    check_pdf,
    kind_of,
    locked_words,
    unsafe_words,
)
from news.rules.texts import clean_text


@dataclass
class Reading:
    """What the reading process told: safe or not, the text so far, whether it came to an end."""

    is_safe: bool = False
    pages: int = 0
    end: str = ""
    pieces: list[str] = field(default_factory=list)


def looked_at(
    file: "File[Any]",
    name: str,
    limits: Any,
    kinds: Collection[str] = (PDF, DOCX),
    *,
    is_walked: bool = False,
) -> str:
    """The content type of a file that may be kept; NotAccepted for any other.

    `is_walked`: every object of a PDF is looked at now, by the reading process, and not later by its queue.
    """
    kind = kind_of(file, name, kinds)
    if kind != PDF:
        check_office(file, kind, kinds)
        file.seek(0)
        return kind
    with tempfile.NamedTemporaryFile() as copy:
        for chunk in file.chunks():
            copy.write(chunk)
        copy.flush()
        with mmap.mmap(copy.fileno(), 0, access=mmap.ACCESS_READ) as data:
            check_pdf(data)
            is_encrypted = data.find(b"/Encrypt") >= 0
        # Rare, and worth half a second: whoever sends it learns at once what readers would meet.
        if is_walked or is_encrypted:
            found = told_of(copy.name, PDF, {**limits, "most_pages": 0})
            if found.end == "locked":
                raise NotAccepted(locked_words())
            if is_walked and found.end == "danger":
                raise NotAccepted(unsafe_words())
            if is_walked and not found.is_safe:
                raise NotAccepted(_("The PDF is damaged. Print it to a new PDF, then send that one."))
    file.seek(0)
    return kind


def told_of(path: str, content_type: str, limits: Any) -> Reading:
    """What the reading process tells of the file at this path, until its limits stop it."""
    found = Reading()
    words = [
        "pdf" if content_type == PDF else "docx",
        *(str(limits[name]) for name in ("most_pages", "most_letters", "read_mb", "read_seconds")),
    ]
    command = [sys.executable, "-P", reading.__file__, path, *words]
    with tempfile.TemporaryFile("w+") as out:
        try:
            subprocess.run(
                command, stdout=out, stderr=subprocess.DEVNULL, timeout=limits["read_seconds"] + 30
            )
        except subprocess.TimeoutExpired:
            pass
        out.seek(0)
        for line in _lines(out):
            if "danger" in line:
                found.is_safe = not line["danger"]
                found.end = "danger" if line["danger"] else ""
            elif "text" in line:
                found.pages += 1
                found.pieces.append(clean_text(line["text"]))
            elif found.end != "danger":
                found.end = line["end"]
    return found


def _lines(out: Any) -> Iterator[dict[str, Any]]:
    for line in out:
        try:
            yield json.loads(line)
        except ValueError:
            return  # the process was stopped in the middle of a line

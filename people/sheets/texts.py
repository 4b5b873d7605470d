"""Text files: any separator; UTF-8 with or without a mark, UTF-16 with one, else Windows-1258."""

import csv
import io
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

SEPARATORS = ";,\t|"
LONGEST_FIELD = 32_768
SAMPLE_LINES = 30
CHUNK = 1024 * 1024
BINARY = set(range(9)) | {11, 12} | set(range(14, 32)) - {26, 27}


class NotText(Exception):
    """The bytes are no text, or the text is no table."""


@dataclass(frozen=True, slots=True)
class Form:
    """How a text file is written."""

    encoding: str
    separator: str


def sniff(path: Path) -> Form:
    """The encoding and the separator; raises NotText."""
    encoding = _encoding(path)
    with path.open(encoding=encoding, errors="replace", newline="") as file:
        lines = [line for line in (file.readline(LONGEST_FIELD) for _n in range(SAMPLE_LINES)) if line]
    sample = "".join(lines)
    if lines and lines[0].lower().startswith("sep=") and len(lines[0].strip()) == 5:
        return Form(encoding, lines[0].strip()[4])
    return Form(encoding, max(SEPARATORS, key=lambda sign: _columns(sample, sign)))


def _columns(sample: str, separator: str) -> tuple[int, int]:
    """How many rows have more than one column, how many columns the widest has."""
    widths = [len(row) for row in csv.reader(io.StringIO(sample, newline=""), delimiter=separator)]
    return sum(width > 1 for width in widths), max(widths, default=0)


def _encoding(path: Path) -> str:
    with path.open("rb") as file:
        head = file.read(4096)
        if head.startswith((b"\xff\xfe", b"\xfe\xff")):
            return "utf-16"
        if BINARY & set(head):
            raise NotText
        if head.startswith(b"\xef\xbb\xbf"):
            return "utf-8-sig"
        file.seek(0)
        rest = b""
        while piece := file.read(CHUNK):
            try:
                (rest + piece).decode("utf-8")
                rest = b""
            except UnicodeDecodeError as error:
                if len(rest + piece) - error.start >= 4:
                    return "cp1258"
                rest = (rest + piece)[error.start :]
        return "cp1258" if rest else "utf-8"


def text_rows(path: Path, form: Form) -> Iterator[tuple[int, list[Any]]]:
    """Numbered rows; combining marks (as Windows-1258 writes tones) joined, empty cells None."""
    before = csv.field_size_limit(LONGEST_FIELD)
    try:
        with path.open(encoding=form.encoding, errors="replace", newline="") as file:
            rows = csv.reader(file, delimiter=form.separator)
            for number, row in enumerate(rows, start=1):
                yield number, [unicodedata.normalize("NFC", value).strip() or None for value in row]
    except (csv.Error, UnicodeError) as error:
        raise NotText from error
    finally:
        csv.field_size_limit(before)

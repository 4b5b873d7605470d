"""Many sheets in flat memory: typeset a lot at a time in a process of its own, then joined to one PDF.

What is joined comes from Typst alone: whole objects behind a plain table of offsets, references outside
streams only. The structure for reading aloud is not carried over: lots are for the printer.
"""

import json
import re
import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import Any, TypeVar

from papers.layout import typesetter

Thing = TypeVar("Thing")
LOT = 100
SECONDS = 120
HEADER = b"%PDF-1.7\n%\x80\x80\x80\x80\n"
REFERENCE = re.compile(rb"(?<![\w.])(\d+) 0 R(?!\w)")
TRAILER = re.compile(rb"trailer\s*<<(.*?)>>\s*startxref\s+(\d+)\s+%%EOF\s*$", re.DOTALL)


def in_lots(
    things: Iterable[Thing],
    alone: Callable[[list[Thing]], bytes],
    apart: Callable[[list[Thing]], bytes],
    told: Callable[[int], None] | None = None,
) -> bytes:
    """One PDF of all things: by `alone` where they are one lot at most, else lot by lot by `apart`.

    Between lots `told` hears how many are done; what it raises ends the work.
    """
    left = iter(things)
    lot, more = list(islice(left, LOT)), list(islice(left, LOT))
    if not more:
        return alone(lot) if lot else b""

    def parts() -> Iterator[bytes]:
        done, rest = 0, lot
        while rest:
            yield apart(rest)
            done += len(rest)
            if told is not None:
                told(done)
            rest = more if done == LOT else list(islice(left, LOT))

    return joined(parts())


def typeset_apart(source: bytes, data: dict[str, Any], *, fonts: Path, root: Path | None = None) -> bytes:
    """The PDF, made in a process that ends with it; raises RuntimeError with what Typst said."""
    order = {
        "source": source.decode(),
        "root": str(root) if root else None,
        "fonts": str(fonts),
        "data": data,
    }
    done = subprocess.run(
        [sys.executable, "-P", typesetter.__file__],
        input=json.dumps(order, ensure_ascii=False).encode(),
        capture_output=True,
        timeout=SECONDS,
    )
    if done.returncode != 0 or not done.stdout.startswith(b"%PDF"):
        raise RuntimeError(f"Typst: {done.stderr.decode(errors='replace')[-500:]}")
    return done.stdout


@dataclass(slots=True)
class _Joined:
    """The file being written: objects 1 (catalogue) and 2 (pages) come last."""

    body: bytearray = field(default_factory=lambda: bytearray(HEADER))
    offsets: dict[int, int] = field(default_factory=dict)
    kids: list[int] = field(default_factory=list)
    pages: int = 0
    last: int = 2

    def put(self, number: int, content: bytes) -> None:
        self.offsets[number] = len(self.body)
        self.body += b"%d 0 obj\n%s\nendobj\n\n" % (number, content)


def joined(parts: Iterable[bytes]) -> bytes:
    """All pages of Typst's PDFs in one, in their order; a single one as it is, nothing for nothing.

    Raises ValueError for a PDF that is not laid out as Typst's are.
    """
    whole: _Joined | None = None
    first = b""
    for part in parts:
        if not first:
            first = part
            continue
        if whole is None:
            whole = _Joined()
            _take(whole, first)
        _take(whole, part)
    if whole is None:
        return first
    kids = b" ".join(b"%d 0 R" % kid for kid in whole.kids)
    whole.put(1, b"<</Type/Catalog/Pages 2 0 R>>")
    whole.put(2, b"<</Type/Pages/Count %d/Kids[%s]>>" % (whole.pages, kids))
    return _closed(whole)


def _take(whole: _Joined, part: bytes) -> None:
    """Every object of the part behind those taken before, its tree of pages under ours."""
    objects = _objects(part)
    root = re.search(rb"/Root\s+(\d+) 0 R", TRAILER.search(part)[1])  # type: ignore[index]
    tree = re.search(rb"/Pages\s+(\d+) 0 R", objects[int(root[1])]) if root else None
    if root is None or tree is None:
        raise ValueError("no catalogue with pages")
    catalogue, top, shift = int(root[1]), int(tree[1]), whole.last
    for number, content in objects.items():
        if number == catalogue:
            continue
        words, mark, stream = content.partition(b"\nstream\n")
        words = REFERENCE.sub(lambda found: b"%d 0 R" % (int(found[1]) + shift), words)
        if number == top:
            count = re.search(rb"/Count\s+(\d+)", words)
            if count is None:
                raise ValueError("no count of pages")
            whole.pages += int(count[1])
            words = words.replace(b"<<", b"<</Parent 2 0 R", 1)
        whole.put(number + shift, words + mark + stream)
    whole.kids.append(top + shift)
    whole.last = shift + max(objects)


def _objects(part: bytes) -> dict[int, bytes]:
    """What stands between `obj` and `endobj`, by number, found through the table of offsets."""
    trailer = TRAILER.search(part)
    if trailer is None:
        raise ValueError("no trailer")
    table = part[int(trailer[2]) :].splitlines()
    first, count = map(int, table[1].split())
    rows = [line.split() for line in table[2 : 2 + count]]
    used = {first + place: int(row[0]) for place, row in enumerate(rows) if row[2] == b"n"}
    ends = dict(zip(sorted(used.values()), [*sorted(used.values())[1:], int(trailer[2])], strict=True))
    found = {}
    for number, offset in used.items():
        opening = b"%d 0 obj\n" % number
        text = part[offset : ends[offset]].rstrip()
        if not text.startswith(opening) or not text.endswith(b"endobj"):
            raise ValueError(f"object {number} is not where the table says")
        found[number] = text[len(opening) : -len(b"endobj")].rstrip(b"\n")
    return found


def _closed(whole: _Joined) -> bytes:
    """Table of offsets and trailer."""
    start = len(whole.body)
    whole.body += b"xref\n0 %d\n0000000000 65535 f \n" % (whole.last + 1)
    for number in range(1, whole.last + 1):
        at = whole.offsets.get(number)
        whole.body += b"0000000000 00001 f \n" if at is None else b"%010d 00000 n \n" % at
    whole.body += b"trailer\n<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % (whole.last + 1, start)
    return bytes(whole.body)

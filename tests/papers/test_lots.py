"""Very many sheets: typeset a lot at a time in processes of their own, joined to one PDF."""

from io import BytesIO
from typing import Any

import pytest
from pdfminer.high_level import extract_pages, extract_text

from papers.layout.lots import LOT, in_lots, joined, typeset_apart
from papers.layout.widths import family, font_folder

SOURCE = rb"""
#let data = json(bytes(sys.inputs.data))
#set text(font: data.font)
#for (n, word) in data.words.enumerate() { if n > 0 { pagebreak() }
[= To #word
 #image(bytes("<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'><path d='M0 0h9v9z'/></svg>"))] }
"""


def sheets(words: list[Any]) -> bytes:
    return typeset_apart(
        SOURCE, {"font": family(font_folder()), "words": [str(word) for word in words]}, fonts=font_folder()
    )


def pages_of(pdf: bytes) -> list[str]:
    return [
        extract_text(BytesIO(pdf), page_numbers=[n]).strip()
        for n, _page in enumerate(extract_pages(BytesIO(pdf)))
    ]


def test_lots_become_one_file_in_their_order() -> None:
    parts = [sheets(["An", "Bình"]), sheets(["Châu 4 0 R"]), sheets(["Dũng", "Ý", "Ước"])]
    one = joined(iter(parts))
    assert pages_of(one) == ["To An", "To Bình", "To Châu 4 0 R", "To Dũng", "To Ý", "To Ước"]
    assert joined(iter(parts)) == one, "the same input gives the same bytes"
    assert joined(parts[:1]) == parts[0]
    assert joined([]) == b""


def test_what_typst_has_not_laid_out_is_not_joined() -> None:
    part = sheets(["An"])
    with pytest.raises(ValueError, match="no trailer"):
        joined([part, b"%PDF-1.4 something"])
    with pytest.raises(ValueError, match="not where the table says"):
        joined([part, part.replace(b"\n5 0 obj\n", b"\n5 0 obk\n")])


def test_a_lot_is_made_here_and_more_than_one_apart() -> None:
    made: list[tuple[str, int]] = []

    def alone(lot: list[int]) -> bytes:
        made.append(("alone", len(lot)))
        return b"alone"

    def apart(lot: list[int]) -> bytes:
        made.append(("apart", len(lot)))
        return sheets(lot[:1])

    assert in_lots([], alone, apart) == b""
    assert in_lots(range(LOT), alone, apart) == b"alone"
    assert pages_of(in_lots(range(2 * LOT + 1), alone, apart)) == ["To 0", "To 100", "To 200"]
    assert made == [("alone", LOT), ("apart", LOT), ("apart", LOT), ("apart", 1)]


def test_what_typst_says_comes_back() -> None:
    with pytest.raises(RuntimeError, match="unknown variable: nothing"):
        typeset_apart(b"#nothing", {}, fonts=font_folder())

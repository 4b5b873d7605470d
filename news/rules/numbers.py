"""Numbers of documents: compared, and found in citations."""

import re
from collections.abc import Iterator

from foundation.text import fold

# "26/2013/TT-BYT", "98/2023/QH15", "07/QĐ-CTĐ", "91/CTĐ"; letters of any alphabet, no spaces inside.
_CITED = re.compile(r"(?<![\w/])\d{1,6}(?:/\d{4})?/[^\W\d_][\w-]*[^\W_]")


def number_key(number: str) -> str:
    """How numbers are compared: "Số: 07/QĐ-CTĐ" is "7/qd-ctd"; "" for what holds no number."""
    plain = re.sub(r"\s+", "", fold(number)).removeprefix("so").lstrip(":.").lstrip("0")
    return plain if re.match(r"\d", plain) else ""


def cited_numbers(text: str) -> Iterator[tuple[int, int, str]]:
    """(begin, end, key) of each number of a document in a text, as a citation gives them."""
    for found in _CITED.finditer(text):
        yield found.start(), found.end(), number_key(found[0])

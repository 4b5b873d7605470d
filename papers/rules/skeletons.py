"""What a new draft of each kind begins with: words from the table, never code."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date
from functools import cache
from typing import Any

from foundation.dated import in_force, load_table

_FIELD = re.compile(r"\{([a-z_]+)\}")
_LEFT = re.compile(r"\[[^\[\]\n]{1,60}\]")


@dataclass(frozen=True, slots=True)
class Skeleton:
    """Kind, name and the words a draft begins with."""

    code: str
    kind: str
    name: str
    abstract: str = ""
    authority: str = ""
    addressees: tuple[str, ...] = ()
    grounds: tuple[str, ...] = ()
    body: str = ""
    receivers: tuple[str, ...] = ()
    annex_title: str = ""
    annex_head: tuple[str, ...] = ()
    capacity: str = "head"
    post: str = "Chủ tịch"
    second_post: str = ""
    has_code: bool = False

    def filled(self, words: Mapping[str, str]) -> dict[str, Any]:
        """Its words by field, {names} replaced; a name that is not given stays as it is."""
        return {field.name: _fill(getattr(self, field.name), words) for field in fields(self)}


@cache
def skeletons(on: date) -> dict[str, Skeleton]:
    """Every skeleton in force on the day by code, in the table's order."""
    values = in_force(load_table("papers", "skeletons"), on).values
    return {code: Skeleton(code, **{**row, "body": row["body"].strip()}) for code, row in values.items()}


def unfilled(text: str) -> list[str]:
    """The [words] a skeleton left for the officer and that still stand in a text."""
    return _LEFT.findall(text)


def _fill(value: Any, words: Mapping[str, str]) -> Any:
    if isinstance(value, str):
        return _FIELD.sub(lambda found: words.get(found[1], found[0]), value)
    if isinstance(value, tuple):
        return tuple(_fill(one, words) for one in value)
    return value

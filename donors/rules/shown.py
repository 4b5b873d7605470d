"""Small numbers stay inside the office: fewer people than so many are not told to others."""

from collections.abc import Mapping
from typing import TypeVar

Key = TypeVar("Key")


def hidden(counts: Mapping[Key, int], least: int) -> set[Key]:
    """The keys whose counts are not shown: those of 1 to `least` - 1 people, and where this leaves a single
    hidden one, which the total would give away, the next smallest as well."""
    small = {key for key, n in counts.items() if 0 < n < least}
    others = sorted((n, str(key), key) for key, n in counts.items() if n and key not in small)
    if len(small) == 1 and others:
        small.add(others[0][2])
    return small

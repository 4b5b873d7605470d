"""What an app holds about a person: what each app's `personal_data` hook gives back."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Held:
    """One kind of data: its title, where it came from, on what ground it is held, labels and values."""

    code: str
    title: str
    source: str
    ground: str
    rows: Sequence[tuple[str, str]]

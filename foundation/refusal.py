"""How an action says no: one exception that carries reasons a person can read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.forms import BaseForm
from django.utils.functional import Promise

if TYPE_CHECKING:
    from django.utils.functional import _StrOrPromise


@dataclass(frozen=True, slots=True)
class Reason:
    """One sentence for the person, the instrument and article it rests on, the form field it concerns."""

    text: _StrOrPromise
    citation: str = ""
    field: str = ""

    def __str__(self) -> str:
        return f"{self.text} ({self.citation})" if self.citation else str(self.text)


class Refused(Exception):
    """An action's no. `reasons` is a tuple of Reason, never empty (ValueError otherwise)."""

    reasons: tuple[Reason, ...]

    def __init__(self, reasons: Reason | _StrOrPromise | Sequence[Reason | _StrOrPromise]) -> None:
        given = [reasons] if isinstance(reasons, Reason | str | Promise) else list(reasons)
        self.reasons = tuple(one if isinstance(one, Reason) else Reason(one) for one in given)
        if not self.reasons:
            raise ValueError("a refusal needs at least one reason")
        super().__init__(self.reasons)

    def __str__(self) -> str:
        """All reasons on one line."""
        return " ".join(str(reason) for reason in self.reasons)

    def add_to_form(self, form: BaseForm) -> None:
        """Put each reason on its field; what the form has no field for stands above the form."""
        for reason in self.reasons:
            form.add_error(reason.field if reason.field in form.fields else None, str(reason))

"""Sizes, margins and styles of a paper, from the table and a unit's own choice within its range."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from foundation.dated import in_force, load_table

Align = Literal["left", "center", "right", "justify"]
PAGE_LENGTHS = ("top", "bottom", "left", "right")


@dataclass(frozen=True, slots=True)
class Style:
    """How a block is set: size in points, weight, slope, capitals, alignment."""

    size: float
    bold: bool = False
    italic: bool = False
    upper: bool = False
    align: Align = "left"


@dataclass(frozen=True, slots=True)
class Measures:
    """All lengths of a page: mm, but spaces between blocks and sizes in points."""

    width: float
    height: float
    top: float
    bottom: float
    left: float
    right: float
    left_cell: float
    right_cell: float
    about_before: float
    rule_part: float
    first_line: float
    spacing: float
    between: float
    table_between: float
    signature_space: float
    cell_padding: float
    annex_file_size: float
    styles: Mapping[str, Style]

    @property
    def text_width(self) -> float:
        return self.width - self.left - self.right


class OutOfRange(ValueError):
    """A chosen size lies outside the decree's range; says which and the range."""


def measures(on: date, chosen: Mapping[str, float] | None = None) -> Measures:
    """The lengths in force on the day, with a unit's own choices ("body": 13, "left": 35).

    Raises OutOfRange for a choice beyond the range, KeyError for one the table does not know.
    """
    values = in_force(load_table("papers", "decree30"), on).values
    own = dict(chosen or {})
    page = {name: _pick(name, values["page"][name], own) for name in PAGE_LENGTHS}
    rows = {**values["blocks"], **values["table_blocks"]}
    styles = {name: _style(name, row, own) for name, row in rows.items()}
    if own:
        raise KeyError(", ".join(sorted(own)))
    head, body = values["head"], values["body"]
    spare = values["page"]["width"] - page["left"] - page["right"] - head["right_cell"]
    return Measures(
        width=values["page"]["width"],
        height=values["page"]["height"],
        **page,
        left_cell=spare,
        right_cell=head["right_cell"],
        about_before=head["about_before"],
        rule_part=head["rule_part"],
        **{name: body[name] for name in body},
        annex_file_size=values["annex_file"]["size"],
        styles=styles,
    )


def ranges(on: date) -> dict[str, tuple[float, float, float]]:
    """What a unit may choose: name to (least, most, used)."""
    values = in_force(load_table("papers", "decree30"), on).values
    rows = {**values["blocks"], **values["table_blocks"]}
    return {
        **{name: tuple(values["page"][name]) for name in PAGE_LENGTHS},
        **{name: tuple(row["size"]) for name, row in rows.items()},
    }


def _pick(name: str, bounds: tuple[float, float, float], own: dict[str, float]) -> float:
    least, most, used = bounds
    value = own.pop(name, used)
    if not least <= value <= most:
        raise OutOfRange(f"{name}: {value} ({least}–{most})")
    return value


def _style(name: str, row: Mapping[str, Any], own: dict[str, float]) -> Style:
    return Style(
        size=_pick(name, row["size"], own),
        bold=row.get("bold", False),
        italic=row.get("italic", False),
        upper=row.get("upper", False),
        align=row["align"],
    )

"""Turns, bags, millilitres and 250-ml units: four different figures."""

from dataclasses import dataclass
from decimal import Decimal

from foundation.dated import Entry, load_table


def figures_entry() -> Entry:
    """The newest entry of tables/figures.toml: what a unit is in reports."""
    return load_table("donors", "figures")[-1]


@dataclass(frozen=True, slots=True)
class Figures:
    """Turns given, bags filled (turns carried over fill none here), ml in them."""

    turns: int
    bags: int
    ml: int

    @property
    def units(self) -> Decimal:
        """Units of 250 ml, exact (350 ml = 1.4, 450 ml = 1.8)."""
        return self.ml / Decimal(figures_entry().values["unit_ml"])

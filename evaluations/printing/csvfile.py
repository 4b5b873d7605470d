"""The pay sheet as CSV for the accounting software, with the columns that are chosen."""

import csv
import io
from collections.abc import Callable, Iterator, Sequence

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from evaluations.models import Sheet
from evaluations.queries.paysheet import Paid, paid_lines

Column = tuple[str | Promise, Callable[[Paid], object]]
COLUMNS: dict[str, Column] = {
    "name": (_("Full name"), lambda paid: paid.name),
    "post": (pgettext_lazy("evaluations", "Post"), lambda paid: paid.post),
    "department": (_("Department"), lambda paid: paid.department),
    "unit": (pgettext_lazy("evaluations", "Unit code"), lambda paid: paid.line.rating.employment.unit.code),
    "track": (_("Pay track"), lambda paid: "MK" if paid.is_fixed else "HS"),
    "coefficient": (_("Coefficient"), lambda paid: paid.parts[-1].coefficient if paid.parts else ""),
    "level": (pgettext_lazy("evaluations", "Level"), lambda paid: paid.level_name),
    "share": (_("Share (%)"), lambda paid: paid.percent),
    "entitled": (_("Sum of the quarter"), lambda paid: paid.line.entitled),
    "before": (_("Paid before"), lambda paid: paid.before),
    "amount": (pgettext_lazy("evaluations", "To pay"), lambda paid: paid.line.amount),
}


def csv_rows(sheet: Sheet, columns: Sequence[str]) -> Iterator[bytes]:
    """Heads, then a line a person: semicolons, UTF-8 with a mark. Unknown columns are left out."""
    chosen = [name for name in columns if name in COLUMNS] or list(COLUMNS)
    yield b"\xef\xbb\xbf" + _line([str(COLUMNS[name][0]) for name in chosen])
    for paid in paid_lines(sheet):
        yield _line([plain(COLUMNS[name][1](paid)) for name in chosen])


def plain(value: object) -> str:
    """A text that no program takes for a formula; numbers as they are."""
    text = f"{value:f}" if hasattr(value, "normalize") else str(value)
    return f"'{text}" if isinstance(value, str) and text.startswith(("=", "+", "-", "@")) else text


def _line(cells: Sequence[str]) -> bytes:
    out = io.StringIO()
    csv.writer(out, delimiter=";").writerow(cells)
    return out.getvalue().encode()

"""The facility's list read from what was sent; the end of the reconciliation."""

from __future__ import annotations

import re
import tempfile
from pathlib import Path
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.base import File
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from donors.models import Donation, Drive
from donors.queries.reconciling import ours_left
from donors.queries.settings import drive_settings
from donors.rules.reconciling import Line
from foundation.dates import today
from foundation.refusal import Refused
from people.actions.imports import best_layout
from people.rules.cells import is_header_again, is_no_person, read_row, text_of
from people.sheets import open_book

MOST_BYTES = 10 * 1024 * 1024
_NUMBER = re.compile(r"\d{2,4}")


def lines_of(file: File[bytes]) -> list[Line]:
    """The people of the list, keyed by their row in the file; raises Refused where it cannot be read."""
    on = today()
    with tempfile.NamedTemporaryFile() as copy:
        for chunk in file.chunks():
            copy.write(chunk)
        copy.flush()
        book = open_book(Path(copy.name), Path(file.name or "").name)
        sheet, layout = best_layout(book, on, drive_settings(on)["list_words"])
        lines = []
        for number, values in book.rows(sheet):
            if number < layout.header_row + layout.height or is_no_person(values, on):
                continue
            if is_header_again(values, layout.headers):
                continue
            draft = read_row(values, layout.columns, row=number, on=on)
            if draft.name:
                told = {name: _cell(values, layout.columns, name) for name in ("volume_ml", "serial")}
                ml = _NUMBER.search(told["volume_ml"])
                year = draft.birth_year
                lines.append(Line(number, draft.name, year, int(ml[0]) if ml else None, told["serial"]))
    return lines


def _cell(values: Any, columns: Any, name: str) -> str:
    place = columns.get(name)
    return text_of(values[place]) if place is not None and place < len(values) else ""


class FacilityListForm(forms.Form):
    file = forms.FileField(
        label=gettext_lazy("List of the facility"),
        help_text=gettext_lazy("Excel or CSV with full name, year of birth, volume and certificate serial."),
    )

    def clean_file(self) -> File[bytes]:
        """The file; `lines` holds what it says."""
        file: File[bytes] = self.cleaned_data["file"]
        if (file.size or 0) > MOST_BYTES:
            raise ValidationError(_("The file is larger than 10 MB: send the sheet of this drive alone."))
        try:
            self.lines = lines_of(file)
        except Refused as refused:
            raise ValidationError(str(refused)) from refused
        return file


class SettleForm(forms.Form):
    """How a line is settled: our donation that is meant, or a note."""

    donation = forms.ModelChoiceField(
        Donation.objects.none(), label=gettext_lazy("It is this donation of ours"), required=False
    )
    note = forms.CharField(label=gettext_lazy("Or how it was settled"), max_length=200, required=False)

    def __init__(self, *args: Any, drive: Drive, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["donation"]
        field.queryset = ours_left(drive)
        field.label_from_instance = lambda one: f"{one.donor.person.full_name} ({one.volume_ml} ml)"


class FinishForm(forms.Form):
    """The minutes signed with the facility, and the two counts in them."""

    minutes = forms.CharField(label=gettext_lazy("Number and day of the minutes"), max_length=120)
    came = forms.IntegerField(label=gettext_lazy("Came"), min_value=0, max_value=100_000, required=False)
    passed = forms.IntegerField(
        label=gettext_lazy("Passed the examination"), min_value=0, max_value=100_000, required=False
    )

"""Rows go from an absorbed person to the one kept, each noted so that it can be taken back.

Every app's `hooks.absorb_person` uses these; a note is a plain dict that fits into Merge.moved:
{"model", "pks", "field", "was", "now"}, {"model", "pk", "was": {…}, "now": {…}}, {"model", "gone": {…}},
or {"told": code} for what stayed where it was.
"""

import json
from collections.abc import Iterable, Mapping
from typing import Any

from django.apps import apps
from django.core import serializers
from django.core.serializers.json import DjangoJSONEncoder
from django.db import IntegrityError, models, transaction

Note = dict[str, Any]


def move_rows(rows: "models.QuerySet[Any]", field: str, kept: models.Model) -> list[Note]:
    """Point the rows' `field` to the kept record; one note for all of them."""
    column = rows.model._meta.get_field(field).attname
    moved = list(rows.select_for_update().order_by("pk").values_list("pk", column))
    if not moved:
        return []
    model = _all(rows.model).filter(pk__in=[pk for pk, _was in moved])
    model.update(**{column: kept.pk})
    notes: dict[Any, list[int]] = {}
    for pk, was in moved:
        notes.setdefault(was, []).append(pk)
    label = rows.model._meta.label_lower
    return [
        {"model": label, "pks": pks, "field": column, "was": was, "now": kept.pk}
        for was, pks in notes.items()
    ]


def _all(model: Any) -> "models.QuerySet[Any]":
    rows: models.QuerySet[Any] = model.objects.all()
    return rows


def move_what_fits(rows: "models.QuerySet[Any]", field: str, kept: models.Model, told: str) -> list[Note]:
    """The same row by row: what a constraint keeps from moving stays, and is told by a code."""
    notes: list[Note] = []
    for row in rows.order_by("pk"):
        try:
            with transaction.atomic():
                notes += move_rows(_all(rows.model).filter(pk=row.pk), field, kept)
        except IntegrityError:
            notes.append({"told": told, "model": rows.model._meta.label_lower, "pk": row.pk})
    return notes


def change_row(row: models.Model, values: Mapping[str, Any]) -> list[Note]:
    """Put values on a row; the note keeps both sides as the serializer writes them."""
    before = _plain(row, values)
    for name, value in values.items():
        setattr(row, name, value)
    row.save(update_fields=list(values))
    after = _plain(row, values)
    if before == after:
        return []
    return [{"model": row._meta.label_lower, "pk": row.pk, "was": before, "now": after}]


def drop_row(row: models.Model) -> list[Note]:
    """Delete a row that the kept one makes needless; the note keeps it whole."""
    (gone,) = serializers.serialize("python", [row])
    note: Note = {"model": row._meta.label_lower, "gone": _json(gone)}
    row.delete()
    return [note]


def undo(notes: Iterable[Note]) -> list[str]:
    """Take everything back, the last first; returns a code for each thing that changed since and stayed."""
    left = []
    for note in reversed(list(notes)):
        if "told" in note:
            continue
        try:
            with transaction.atomic():
                done = _undo(note)
        except IntegrityError:
            done = False
        if not done:
            left.append(str(note["model"]))
    return left


def _undo(note: Note) -> bool:
    model: Any = apps.get_model(note["model"])
    if "gone" in note:
        for found in serializers.deserialize("python", [note["gone"]]):
            if model.objects.filter(pk=found.object.pk).exists():
                return False
            found.save(force_insert=True)
        return True
    if "pks" in note:
        rows = model.objects.filter(pk__in=note["pks"], **{note["field"]: note["now"]})
        changed: int = rows.update(**{note["field"]: note["was"]})
        return changed == len(note["pks"])
    row = model.objects.select_for_update().filter(pk=note["pk"]).first()
    if row is None or _plain(row, note["now"]) != note["now"]:
        return False
    fields = {"pk": row.pk, "model": note["model"], "fields": note["was"]}
    (before,) = serializers.deserialize("python", [fields])
    for name in note["was"]:
        column = model._meta.get_field(name).attname
        setattr(row, column, getattr(before.object, column))
    row.save(update_fields=list(note["was"]))
    return True


def _plain(row: models.Model, names: Iterable[str]) -> dict[str, Any]:
    (written,) = serializers.serialize("python", [row], fields=list(names))
    fields: dict[str, Any] = _json(written)["fields"]
    return fields


def _json(value: Any) -> Any:
    return json.loads(json.dumps(value, cls=DjangoJSONEncoder))

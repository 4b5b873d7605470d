"""Files behind the criteria of a self-report; called by the report's own action."""

from collections.abc import Collection, Sequence
from typing import Any

from django.core.files.base import File
from django.utils.translation import gettext as _

from evaluations.models import Criterion, Evidence, Rating
from foundation.refusal import Reason, Refused
from ledger.actor import Actor
from people.actions.files import drop_file, store_file

Proof = tuple[int, "File[Any]", str]  # the criterion's id, the file, its type
MOST_FILES = 5  # for one criterion


def add_evidence(by: Actor, rating: Rating, files: Sequence[Proof]) -> None:
    """Keep files with their criteria; a criterion of another set, or too many files, is refused."""
    here = set(Criterion.objects.filter(criteria_set=rating.criteria_set_id).values_list("pk", flat=True))
    for pk, file, content_type in files:
        held = Evidence.objects.filter(rating=rating, criterion=pk).count()
        if pk not in here or held >= MOST_FILES:
            told = _("At most %(count)s files for one criterion.") % {"count": MOST_FILES}
            raise Refused([Reason(told, field=f"f{pk}")])
        name = (file.name or "minh-chung")[-120:]
        stored = store_file(by=by, name=name, content_type=content_type, file=file, days=None)
        Evidence.objects.create(rating=rating, criterion_id=pk, file=stored)


def drop_evidence(by: Actor, rating: Rating, keys: Collection[int]) -> None:
    """Take evidence of the person's own report away, its bytes after the commit."""
    for row in Evidence.objects.filter(rating=rating, pk__in=keys).select_related("file"):
        stored = row.file
        row.delete()
        drop_file(by=by, stored=stored)

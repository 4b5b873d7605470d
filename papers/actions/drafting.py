"""Drafting a paper, changing the draft, sending it up for signature."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from foundation.refusal import Reason, Refused
from ledger.actor import Actor
from ledger.audit import record
from papers import effects
from papers.actions.steps import done, locked
from papers.enums import DRAFT, Capacity, PaperState, Step
from papers.layout import Document, from_json, to_json
from papers.layout.composing import ANNEXES, compose
from papers.models import Paper, PaperRecipient, Series
from papers.models.letterheads import GENERAL
from papers.queries import head_of, sizes_of
from papers.rules import body_defaults, needs_other, paper_kinds
from papers.rules.skeletons import unfilled
from people.models import Person, Unit
from people.permissions import acting

OPEN = (PaperState.DRAFT, PaperState.RETURNED)
Recipient = tuple[Person | Unit | None, str]


@transaction.atomic
def draft_paper(
    *,
    by: Actor,
    unit: Unit,
    kind: str,
    values: Mapping[str, Any],
    series: str = GENERAL,
    effect: str = "",
    effect_data: Mapping[str, Any] | None = None,
    recipients: Sequence[Recipient] = (),
) -> Paper:
    """A new draft. `values` are the drafting form's fields; `effect` takes effect at issue. Returns it."""
    by = acting(by, DRAFT, unit.pk)
    if kind not in paper_kinds(by.on):
        raise Refused([Reason(_("There is no such kind of paper."), field="kind")])
    paper = Paper(
        unit=unit,
        series=series_of(by, unit, series),
        kind=kind,
        drafter=by.user,
        effect=effect,
        effect_data=dict(effect_data or {}),
    )
    fill_in(by, paper, values)
    done(by, paper, Step.DRAFTED)
    PaperRecipient.objects.bulk_create(
        PaperRecipient(
            paper=paper,
            person=to if isinstance(to, Person) else None,
            unit=to if isinstance(to, Unit) else None,
            name=name,
        )
        for to, name in recipients
    )
    name_recipients(paper, values)
    record(
        by=by, act="papers.draft", subject=paper, after={"kind": kind, "unit": unit.code, "effect": effect}
    )
    return paper


@transaction.atomic
def edit_draft(*, by: Actor, paper: Paper, version: int, values: Mapping[str, Any]) -> Paper:
    """The draft with new words; refuses when another has changed it since `version` was shown.

    Where something takes effect with the paper, its lists stay as the app that decides wrote them:
    what is annexed and what happens are the same.
    """
    by = acting(by, DRAFT, paper.unit_id)
    paper = locked(paper, *OPEN)
    if paper.version != version:
        raise Refused(
            [_("Somebody has changed this paper meanwhile. Open it again in another tab and compare.")]
        )
    if paper.effect:
        values = {**values, **annexes_of(paper)}
    fill_in(by, paper, values)
    name_recipients(paper, values)
    done(by, paper, Step.EDITED)
    record(by=by, act="papers.edit", subject=paper)
    return paper


@transaction.atomic
def submit_paper(*, by: Actor, paper: Paper) -> Paper:
    """Send it up for signature; refuses while words in [brackets] stand in it."""
    by = acting(by, DRAFT, paper.unit_id)
    paper = locked(paper, *OPEN)
    left = unfilled("\n".join(str(value) for value in paper.form.values()))
    reasons = []
    if left:
        reasons.append(_("Still to fill in: %(words)s.") % {"words": ", ".join(dict.fromkeys(left))})
    if not from_json(paper.content["document"]).signatures:
        reasons.append(_("Say who signs."))
    if reasons:
        raise Refused(reasons)
    paper.state = PaperState.SUBMITTED
    done(by, paper, Step.SUBMITTED)
    record(by=by, act="papers.submit", subject=paper)
    return paper


@transaction.atomic
def cancel_draft(*, by: Actor, paper: Paper, reason: str) -> Paper:
    """Give up a paper that has no number yet; the reason stays."""
    by = acting(by, DRAFT, paper.unit_id)
    paper = locked(paper, *OPEN, PaperState.SUBMITTED)
    if not reason.strip():
        raise Refused([Reason(_("Say why."), field="words")])
    paper.state = PaperState.CANCELLED
    done(by, paper, Step.CANCELLED, reason)
    effects.give_up(by, paper, reason)
    record(by=by, act="papers.cancel", subject=paper, reason=reason)
    return paper


def series_of(by: Actor, unit: Unit, code: str) -> Series:
    """The unit's series of that code; the general one comes into being with its first paper."""
    if code in {"", GENERAL}:
        sign = body_defaults(by.on)["sign"]
        defaults = {"name": _("General series"), "sign": sign}
        return Series.objects.get_or_create(unit=unit, code=GENERAL, defaults=defaults)[0]
    found = Series.objects.filter(unit=unit, code=code).first()
    if found is None:
        raise Refused([Reason(_("The unit has no such series."), field="series")])
    return found


def fill_in(by: Actor, paper: Paper, values: Mapping[str, Any]) -> None:
    """Compose the document from the fields and put both on the paper."""
    plain = {name: value for name, value in values.items() if isinstance(value, str | int)}
    signer = values.get("signer")
    paper.signer = signer if isinstance(signer, Person) else None
    if paper.signer is not None and not plain.get("signer_name"):
        plain["signer_name"] = paper.signer.full_name
    paper.capacity = str(plain.get("capacity") or Capacity.HEAD)
    if needs_other(paper.capacity) and not str(plain.get("on_behalf_of", "")).strip():
        raise Refused([Reason(_("Say in whose name it is signed."), field="on_behalf_of")])
    kind = paper_kinds(by.on)[paper.kind]
    head = head_of(paper.unit, by.on)
    document = compose({**plain, "year": by.on.year}, kind, head, paper.series.sign)
    paper.abstract = (document.abstract or document.about or kind.name)[:300]
    paper.form = plain
    paper.content = content_of(document, sizes_of(paper.unit), bool(plain.get("has_code")))


def annexes_of(paper: Paper) -> dict[str, Any]:
    """The fields of its lists as they were written first."""
    names = [f"annex_{place}_{part}" for place in ANNEXES for part in ("title", "rows")]
    return {name: paper.form.get(name, "") for name in names}


def name_recipients(paper: Paper, values: Mapping[str, Any]) -> None:
    """To whom it is issued: `units` as chosen, names as typed, one a line. Persons an app gave stay."""
    if "units" in values:
        units = {unit.pk: unit for unit in values["units"]}
        paper.recipients.filter(unit__isnull=False).exclude(unit__in=units).delete()
        known = set(paper.recipients.filter(unit__isnull=False).values_list("unit_id", flat=True))
        PaperRecipient.objects.bulk_create(
            PaperRecipient(paper=paper, unit=unit, name=unit.name)
            for pk, unit in units.items()
            if pk not in known and pk != paper.unit_id
        )
    if "issued_to" not in values or paper.recipients.exclude(person=None).exists():
        return
    paper.recipients.filter(unit=None).delete()
    names = dict.fromkeys(" ".join(line.split())[:200] for line in str(values["issued_to"]).splitlines())
    PaperRecipient.objects.bulk_create(PaperRecipient(paper=paper, name=name) for name in names if name)


def content_of(document: Document, sizes: Mapping[str, float], has_code: bool) -> dict[str, Any]:
    """What is stored: the document, the unit's sizes at that time, whether a code is printed."""
    values = to_json(document)
    try:
        from_json(values)
    except ValueError as error:
        raise Refused([_("The paper is too long.")]) from error
    return {"document": values, "sizes": dict(sizes), "has_code": has_code}

"""A decision on units drafted here: the act waits for it, takes effect with it, falls with its draft."""

from django.db import transaction

from ledger.actor import Actor
from ledger.audit import record
from papers.actions.drafting import draft_paper
from papers.enums import DECIDE
from papers.layout.composing import annex_fields
from papers.models import Paper
from papers.queries import TYPED_SIGNING, head_of, signing_fields
from papers.rules.act_words import ActPart, act_words
from people.actions.decided import await_decision, decide_act, drop_undecided
from people.models import Unit, UnitAct
from people.permissions import acting
from people.queries.acts import lines_of, preview_act, units_touched

EFFECT = "people.unit_act"


@transaction.atomic
def draft_act_decision(*, by: Actor, act: UnitAct, unit: Unit, people_count: int | None = None) -> Paper:
    """The planned act becomes the draft of a decision of `unit`, issued to the units it touches.

    Nothing changes before the decision is issued. `people_count` answers the brake of people.actions.acts.
    Returns the draft.
    """
    by = acting(by, DECIDE, unit.pk)
    act = await_decision(by=by, act=act, unit=unit, people_count=people_count)
    issuer = head_of(unit, by.on).issuer.replace("\n", " ")
    words = act_words(act.kind, parts_of(act), issuer=issuer, effective_on=act.effective_on, on=by.on)
    title, head = str(words.pop("annex_title")), words.pop("annex_head")
    rows = [(n, name, to or None, count) for n, (name, to, count) in enumerate(preview_act(act).people, 1)]
    annex = annex_fields(title, head, rows) if rows else {}  # type: ignore[arg-type]
    touched = Unit.objects.filter(pk__in=units_touched(act) - {unit.pk}).order_by("code")
    paper = draft_paper(
        by=by,
        unit=unit,
        kind="decision",
        values={**words, **(signing_fields(unit, by.on) or TYPED_SIGNING), **annex, "has_code": 1},
        effect=EFFECT,
        effect_data={"act": act.pk},
        recipients=[(one, one.name) for one in touched],
    )
    paper.unit_act = act
    paper.save(update_fields=["unit_act"])
    record(by=by, act="papers.draft_act_decision", subject=act, after={"paper": paper.pk})
    return paper


@transaction.atomic
def carry_out_act_decision(*, by: Actor, paper: Paper) -> None:
    """The decision is issued: its act takes effect on its day (papers.effects)."""
    if paper.unit_act is None or paper.issued_on is None:
        raise ValueError("a decision on units without its act or its day")
    decide_act(
        by=by,
        act=paper.unit_act,
        number=paper.number_text,
        decided_on=paper.issued_on,
        is_outside=paper.number_external,
    )


@transaction.atomic
def act_given_up(*, by: Actor, paper: Paper, reason: str) -> None:
    """The draft is given up: its act is cancelled (papers.effects)."""
    if paper.unit_act is not None:
        drop_undecided(by=by, act=paper.unit_act, reason=reason)


def parts_of(act: UnitAct) -> list[ActPart]:
    """What the act does, thing by thing, in words for the paper."""
    named = [row["parent"] for row in act.details["new_units"]] + [r["unit"] for r in act.details["renames"]]
    names = dict(Unit.objects.filter(pk__in=named).values_list("pk", "name"))
    new = {row["code"]: row["name"] for row in act.details["new_units"]}
    parts = [
        ActPart("found", {"name": row["name"], "parent": names[row["parent"]]})
        for row in act.details["new_units"]
    ]
    parts += [
        ActPart("rename", {"old": names[row["unit"]], "name": row["name"]}) for row in act.details["renames"]
    ]
    for line in lines_of(act):
        target = line.target.name if line.target else new.get(line.target_code, "")
        words = {"source": line.source.name if line.source else "", "target": target}
        if line.part is not None:
            parts.append(ActPart("part", {**words, "name": line.part.name}))
        elif line.is_whole:
            parts.append(ActPart("whole" if target else "dissolve", {**words, "name": words["source"]}))
        else:
            parts.append(ActPart("people", {**words, "number": f"{line.people.count():02}"}))
    return parts

"""May somebody join, and by when each step is due."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from foundation.dated import in_force, load_table
from foundation.refusal import Reason
from members.rules.kinds import kind_rules


@dataclass(frozen=True, slots=True)
class Terms:
    """Days each step has; `confirmed` False: the chapter has not decided them."""

    opinion_working_days: int
    meeting_working_days: int
    transfer_calendar_days: int
    undo_calendar_days: int
    draft_calendar_days: int
    guardian_below_age: int
    answer_calendar_days: int
    card_calendar_days: int
    refused_calendar_days: int
    citation: str
    confirmed: bool


def terms(on: date) -> Terms:
    """The terms in force on the day."""
    entry = in_force(load_table("members", "joining"), on)
    values = {name: value for name, value in entry.values.items() if name != "reasons"}
    return Terms(**values, citation=entry.citation, confirmed=entry.confirmed)


def reasons_of(act: str, on: date) -> dict[str, str]:
    """Reasons to choose from for an act on a membership, by code; empty for an act that needs none."""
    rows = in_force(load_table("members", "joining"), on).values["reasons"].get(act, ())
    return {row["code"]: row["name"] for row in rows}


def age_on(born: date, day: date) -> int:
    """Full years on the day; who was born on 29 February is a year older on 1 March of common years."""
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))


def needs_guardian(born: date, on: date) -> bool:
    """True while a guardian must agree too."""
    return age_on(born, on) < terms(on).guardian_below_age


def may_join(kind: str, born: date | None, on: date) -> list[Reason]:
    """Why somebody cannot join as this kind on the day; empty if nothing stands against it.

    An unknown day of birth is told, never assumed.
    """
    rule = kind_rules(on).get(kind)
    if rule is None:
        return [Reason(_("There is no such kind."), field="kind")]
    if rule.least_age is None and rule.most_age is None:
        return []
    if born is None:
        return [Reason(_("The date of birth is needed: it decides who may join."), field="birth_date")]
    age = age_on(born, on)
    told = {"kind": rule.name, "age": age, "least": rule.least_age, "most": rule.most_age}
    if rule.least_age is not None and age < rule.least_age:
        text = _("%(kind)s: from full %(least)s years; the applicant is %(age)s.") % told
        return [Reason(text, rule.citation, "birth_date")]
    if rule.most_age is not None and age > rule.most_age:
        text = _("%(kind)s: up to %(most)s years; the applicant is %(age)s.") % told
        return [Reason(text, rule.citation, "birth_date")]
    return []

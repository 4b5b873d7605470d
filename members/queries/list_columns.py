"""Columns of the lists of members: each reads a row whose person, with the places of the day, was fetched."""

from collections.abc import Callable
from datetime import date
from functools import cache
from typing import Any

from django.utils.text import capfirst
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from foundation.dates import today
from foundation.money import format_vnd
from members.enums import TitleLevel
from members.models import Membership
from members.rules import kind_rules
from members.rules.joining import age_on
from members.rules.volunteers import named
from people.models import Person
from people.queries.exports import Column, Value, phone_numbers

PersonOf = Callable[[Any], Person]


@cache
def person_columns(person_of: PersonOf) -> dict[str, Column]:
    """What every list can show of the person of a row."""

    def of(read: Callable[[Person], Value]) -> Callable[[Any], Value]:
        return lambda row: read(person_of(row))

    return {
        column.code: column
        for column in (
            Column("full_name", _("Full name"), of(lambda person: person.full_name), 28),
            Column("sex", _("Sex"), of(lambda person: capfirst(str(person.get_sex_display()))), 10),
            Column("birth_year", _("Year of birth"), of(lambda person: person.birth_year), 10),
            Column("unit", _("Unit"), of(unit_of_day), 36),
            Column("birth_date", _("Date of birth"), of(lambda person: person.birth_date), 12, True),
            Column("phone", _("Phone"), of(phone_numbers), 18, True),
            Column("email", _("E-mail"), of(lambda person: person.email), 26, True),
            Column("address", _("Address"), of(lambda person: person.address), 36, True),
        )
    }


def unit_of_day(person: Person) -> str:
    """Where the person belonged on the list's day: as member or volunteer, else who keeps the record."""
    places: list[Any] = sorted(person.places, key=lambda p: (p.kind == "record", p.unit.code))  # type: ignore[attr-defined]
    lived = [place for place in places if place.kind != "record"] or places
    return ", ".join(dict.fromkeys(place.unit.name for place in lived))


def kind_name(row: Membership) -> str:
    return kind_rules(row.during.lower)[row.kind].name


def _ended(row: Membership) -> Value:
    last: date | None = row.during.upper
    return last


def _years(row: Any) -> Value:
    return int(row.year) - int(row.during.lower.year)


def _lacks(row: Membership) -> str:
    person = row.person
    missing = [
        (not (person.birth_date or person.birth_year), _t("year of birth")),
        (bool(person.birth_year) and not person.birth_date, _t("day of birth")),
        (not person.sex, _t("sex")),
        (not person.phones.all(), _t("phone")),
        (not person.address, _t("address")),
    ]
    return ", ".join(word for is_missing, word in missing if is_missing)


def _age(row: Any) -> Value:
    born = row.person.birth_date
    if born:
        return age_on(born, row.list_day)
    return row.list_day.year - row.person.birth_year if row.person.birth_year else None


def _skills(row: Any) -> str:
    names = named("skills", today())
    return ", ".join(names.get(skill.code, skill.code) for skill in row.person.skills.all())


def _languages(row: Any) -> str:
    names = named("languages", today())
    return ", ".join(names.get(one.code, one.code) for one in row.person.languages.all())


def _titles(row: Any) -> str:
    held = [title for title in row.person.volunteer_titles.all() if title.ended_on is None]
    return ", ".join(str(TitleLevel(title.level).label) for title in held)


def _is_active(row: Any) -> str:
    return _t("yes") if row.is_active else _t("no")


MEMBERSHIP = {
    column.code: column
    for column in (
        Column("kind", _("Kind"), kind_name, 20),
        Column("since", _("Since"), lambda row: row.during.lower, 12),
        Column("decision", _("Decision"), lambda row: row.decision, 18),
        Column("state", _("State"), lambda row: capfirst(str(row.get_state_display())), 16),
        Column("ended_on", pgettext_lazy("list", "Ended on"), _ended, 12),
        Column("ending", _("Ended by"), lambda row: capfirst(str(row.get_ending_display())), 22),
        Column("end_reason", _("Reason"), lambda row: row.end_reason, 30),
        Column("end_decision", _("Decision on ending"), lambda row: row.end_decision, 18),
        Column("years", _("Years"), _years, 8),
        Column("age", _("Age"), _age, 8),
        Column("lacks", _("Lacks"), _lacks, 30),
        Column("skills", _("Skills"), _skills, 34),
        Column("languages", _("Languages"), _languages, 20),
        Column("titles", _("Titles"), _titles, 20),
        Column("active", pgettext_lazy("volunteer", "Active"), _is_active, 10),
        Column(
            "conduct",
            _("Code of conduct"),
            lambda row: _t("signed") if row.has_signed else _t("not signed"),
            14,
        ),
    )
}
CHARGE = {
    column.code: column
    for column in (
        Column("branch", _("Branch"), lambda row: row.branch.name, 30),
        Column("year", _("Year"), lambda row: row.campaign.year, 8),
        Column("months", _("Months"), lambda row: row.months, 8),
        Column("owed", _("Owed"), lambda row: format_vnd(row.amount), 14),
        Column("paid", _("Paid"), lambda row: format_vnd(row.paid), 14),
        Column("open", _("Still owed"), lambda row: format_vnd(row.open_amount), 14),
    )
}
TRANSFER = {
    column.code: column
    for column in (
        Column("kind", _("Kind"), lambda row: kind_name(row.membership), 20),
        Column("source", _("From"), lambda row: row.source.name, 30),
        Column("target", _("To"), lambda row: row.target.name, 30),
        Column("asked_on", _("Asked on"), lambda row: row.asked_on, 12),
        Column("decided_on", _("Decided on"), lambda row: row.decided_on, 12),
        Column("state", _("State"), lambda row: capfirst(str(row.get_state_display())), 18),
        Column("reason", _("Reason"), lambda row: row.reason, 30),
    )
}
DELEGATE = {
    column.code: column
    for column in (
        Column("congress", _("Congress"), lambda row: row.congress.name, 36),
        Column("branch", _("Branch"), lambda row: row.branch.name if row.branch else "", 30),
        Column("way", _("How"), lambda row: capfirst(str(row.get_way_display())), 18),
        Column("number", _("Credential"), lambda row: row.number, 10),
        Column("state", _("State"), lambda row: capfirst(str(row.get_state_display())), 22),
    )
}

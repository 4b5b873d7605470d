"""What the papers of a drive are filled with: the drive, the form's words, its figures."""

import re
from collections.abc import Mapping
from datetime import date
from typing import Any

from django.conf import settings
from django.db.models import Count
from django.urls import reverse

from donors.enums import Component, SignUpState
from donors.models import Donation, Drive, DriveDossier, DrivePaper
from donors.queries.drives import first_timers, funnel
from donors.rules.figures import Figures
from foundation.dated import NoRule, in_force, load_table
from foundation.dates import format_date
from foundation.money import paper_vnd
from papers.enums import PaperState

UNKNOWN = "[số]"
_FIELD = re.compile(r"\{([a-z_]+)\}")


def wordings(on: date) -> Mapping[str, Mapping[str, Any]]:
    """The words of each paper of a drive in force on the day."""
    return in_force(load_table("donors", "papers"), on).values


def gift_of(component: str, ml: int, on: date) -> int:
    """What a voluntary donor of so many ml is given at least on the day, in đồng; 0 before the table."""
    try:
        tiers = in_force(load_table("donors", "gifts"), on).values
    except NoRule:
        return 0
    kind = "whole_blood" if component == Component.WHOLE_BLOOD else "apheresis"
    return next((int(tier["vnd"]) for tier in tiers[kind] if ml <= tier["up_to_ml"]), 0)


def words_of(drive: Drive, on: date) -> dict[str, str]:
    """Every {name} of the wordings for this drive, [in brackets] what nobody has said yet. 8 queries."""
    counts = funnel(drive)
    given = Donation.objects.standing().filter(drive=drive)
    mix = list(given.order_by("volume_ml").values_list("component", "volume_ml").annotate(n=Count("pk")))
    figures = given.figures() if counts.gave else Figures(0, 0, 0)
    told = DriveDossier.objects.filter(drive=drive).values_list("words", flat=True).first() or {}
    gifts = sum(gift_of(kind, ml or 0, drive.on) * n for kind, ml, n in mix)
    gave = bool(counts.gave)

    def number(value: int | None, is_known: bool = True) -> str:
        return f"{value:,}".replace(",", ".") if value is not None and is_known else UNKNOWN

    hours = f"{drive.starts_at:%H giờ %M} đến {drive.ends_at:%H giờ %M}" if drive.starts_at else "[giờ]"
    units = f"{figures.units.normalize():f}".replace(".", ",")
    return {
        "issuer": drive.unit.name,
        "issuer_short": drive.unit.short_name or drive.unit.name,
        "name": drive.name,
        "day": format_date(drive.on),
        "today": format_date(on),
        "hours": hours,
        "place": drive.place,
        "facility": drive.facility,
        "target": number(drive.target),
        "contact": drive.contact or "[liên hệ]",
        "address": settings.SITE_URL + reverse("drive_public", args=[drive.pk]),
        "calendar": settings.SITE_URL + reverse("drive_calendar"),
        "head": told.get("head") or "[người phụ trách]",
        "duties": told.get("duties") or "[bộ phận: người, việc]",
        "guests": told.get("guests") or "[Quý vị, cơ quan, đơn vị]",
        "budget": told.get("budget") or "[kinh phí, nguồn]",
        "seated": number(counts.seated),
        "came": number(counts.came),
        "passed": number(counts.passed),
        "gave": number(counts.gave, gave),
        "bags": number(figures.bags, gave),
        "ml": number(figures.ml, gave),
        "units": units if gave else UNKNOWN,
        "first": number(first_timers(drive), gave),
        "share": number(round(100 * counts.gave / drive.target) if drive.target else None, gave),
        "mix": ", ".join(f"{n} túi {ml} ml" for _kind, ml, n in mix if ml) or "[số túi từng loại]",
        "gifts": paper_vnd(gifts) if gifts else "[số tiền]",
    }


def put_words(text: str, words: Mapping[str, str]) -> str:
    """The wording with its {names} filled in."""
    return _FIELD.sub(lambda found: words.get(found[1], found[0]), text).strip()


def post_words(drive: Drive, on: date) -> tuple[str, str]:
    """Title and text of the post about the drive, the seventh of its papers. 8 queries."""
    told, post = words_of(drive, on), wordings(on)["post"]
    return put_words(post["abstract"], told), put_words(post["body"], told)


def annex_rows(drive: Drive) -> list[list[str]]:
    """Those with a seat, by hour: name and year of birth. 1 query."""
    places = drive.sign_ups.filter(state=SignUpState.SEATED).select_related("slot", "person")
    return [
        [str(n), one.person.full_name, str(one.person.birth_year or ""), str(one.slot), ""]
        for n, one in enumerate(places, start=1)
    ]


def standing_papers(drive: Drive) -> dict[str, DrivePaper]:
    """The papers of a drive that were not given up, by kind. 1 query."""
    rows = DrivePaper.objects.filter(drive=drive).select_related("paper")
    return {row.kind: row for row in rows.exclude(paper__state=PaperState.CANCELLED)}

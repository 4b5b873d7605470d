"""What appeared in a month and who made it; posts of units counted for emulation."""

from datetime import date, datetime, time
from typing import NamedTuple

from django.db.models import Count, Exists, OuterRef

from foundation.dates import ZONE
from ledger.actor import Actor
from ledger.models import AuditEntry
from news.enums import Piece, PostState
from news.models import Album, AlbumPicture, OldItem, Picture, Post, RoyaltyRate, RoyaltySheet
from news.rules.body import words_of
from news.rules.embeds import boxes_of
from news.rules.royalties import Line, Made, Rate, lines_of
from people.enums import UnitKind
from people.models import Person, Unit, UnitLink
from people.rules import offices_that_may

OUT = [PostState.PUBLISHED, PostState.ARCHIVED]


class UnitCount(NamedTuple):
    """A unit’s work in a time: posts, those with a picture, with a video, albums; `above` tells namesakes."""

    unit: Unit
    posts: int
    with_picture: int
    with_video: int
    albums: int
    above: str


def month_after(month: date) -> date:
    """The first day of the next month."""
    return date(month.year + month.month // 12, month.month % 12 + 1, 1)


def units_for(by: Actor, right: str = "royalty.see") -> list[Unit]:
    """Units for which the actor has the right, by name. 1 query."""
    units = Unit.objects.standing(by.on).order_by("name")
    if by.is_system:
        return list(units)
    return list(units.filter(pk__in=by.unit_ids(offices_that_may(right, by.on))))


def royalty_lines(unit: Unit, month: date) -> list[Line]:
    """Lines of the unit's month as things stand now. 6 queries."""
    rates = [
        Rate(r.piece, r.during.lower, r.during.upper, r.amount, r.words_from, r.confirmed)
        for r in RoyaltyRate.objects.all()
    ]
    return lines_of(_made(unit, month), rates)


def sheet_of(unit: Unit, month: date) -> RoyaltySheet | None:
    """The closed sheet. 1 query."""
    return RoyaltySheet.objects.filter(unit=unit, month=month).first()


def months_closed(unit: Unit) -> list[date]:
    """The first days of the months closed last, the newest first; at most 12. 1 query."""
    return list(
        RoyaltySheet.objects.filter(unit=unit).order_by("-month").values_list("month", flat=True)[:12]
    )


def counts_of_units(by: Actor, first: date, last: date) -> list[UnitCount]:
    """Every covered unit with its posts between two days, both included; most posts first. 4 queries."""
    begin, end = _moment(first), _moment(date.fromordinal(last.toordinal() + 1))
    posts = (
        Post.objects.filter(publish_at__gte=begin, publish_at__lt=end)
        .filter(state__in=OUT)
        .exclude(Exists(OldItem.objects.filter(post=OuterRef("pk"))))
        .values("unit")
        .annotate(n=Count("pk"), p=Count("cover"), v=Count("video"))
        .order_by()
    )
    told = {row["unit"]: row for row in posts}
    albums = dict(
        Album.objects.filter(published_at__gte=begin, published_at__lt=end)
        .values_list("unit")
        .annotate(n=Count("pk"))
        .order_by()
    )
    links = UnitLink.objects.filter(during__contains=by.on, unit__kind=UnitKind.BRANCH)
    above = dict(links.values_list("unit", "parent__name"))
    none = {"n": 0, "p": 0, "v": 0}
    rows = []
    for unit in units_for(by, "news.publish"):
        row = told.get(unit.pk, none)
        rows.append(
            UnitCount(unit, row["n"], row["p"], row["v"], albums.get(unit.pk, 0), above.get(unit.pk, ""))
        )
    return sorted(rows, key=lambda one: (-one.posts, one.unit.name))


def _made(unit: Unit, month: date) -> list[Made]:
    begin, end = _moment(month), _moment(month_after(month))
    out = Post.objects.filter(unit=unit).filter(state__in=OUT).exclude(publish_at=None)
    out = out.exclude(Exists(OldItem.objects.filter(post=OuterRef("pk"))))
    posts = list(out.filter(publish_at__gte=begin, publish_at__lt=end).order_by("publish_at"))
    writers = _writers(posts)
    made: list[Made] = []
    shown: dict[int, tuple[date, str]] = {}
    for post in posts:
        on = (post.publish_at or begin).astimezone(ZONE).date()
        author = post.author_line.strip() or writers.get(str(post.pk), "")
        made.append(Made(author, post.title, on, Piece.ARTICLE, len(words_of(post.body).split())))
        if post.video_id:
            made.append(Made(author, post.title, on, Piece.VIDEO))
        for pk in _pictures(post):
            shown.setdefault(pk, (on, post.title))
    return made + _pictures_made(unit, shown, begin)


def _pictures_made(unit: Unit, shown: dict[int, tuple[date, str]], begin: datetime) -> list[Made]:
    """Pictures that appeared for the first time, by their credit; one without a credit is nobody's."""
    earlier = Post.objects.filter(publish_at__lt=begin).filter(state__in=OUT)
    pictures = Picture.objects.filter(pk__in=shown).exclude(credit="")
    pictures = pictures.exclude(Exists(earlier.filter(cover=OuterRef("pk"))))
    pictures = pictures.exclude(
        Exists(AlbumPicture.objects.filter(picture=OuterRef("pk"), album__published_at__lt=begin))
    )
    return [
        Made(picture.credit, str(picture), shown[picture.pk][0], Piece.PICTURE)
        for picture in pictures.only("credit", "alt", "name", "digest")
    ]


def _pictures(post: Post) -> list[int]:
    inside = boxes_of(post.body).get("picture", [])
    return [*([post.cover_id] if post.cover_id else []), *inside]


def _writers(posts: list[Post]) -> dict[str, str]:
    """Post to the name of who wrote its first draft. 2 queries."""
    entries = AuditEntry.objects.filter(
        act="news.write_post", subject_type="news.post", subject_id__in=[str(post.pk) for post in posts]
    ).values_list("subject_id", "user_id")
    by_user = dict(entries)
    names = dict(Person.objects.filter(user__in=set(by_user.values())).values_list("user", "full_name"))
    return {subject: names[user] for subject, user in by_user.items() if user in names}


def _moment(on: date) -> datetime:
    return datetime.combine(on, time(0), ZONE)


def rates_in_order() -> list[RoyaltyRate]:
    """All rates, the newest first within their kind. 1 query."""
    return list(RoyaltyRate.objects.order_by("piece", "-during"))

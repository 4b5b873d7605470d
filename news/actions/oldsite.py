"""The old site: an export is tried, looked at, then brought in article by article.

Each article is its own transaction, and its row says when it is done: killed anywhere, the next worker
goes on; brought in twice, an address that is known already makes nothing new.
"""

import uuid
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from io import BytesIO
from itertools import islice
from typing import Any

from django.core.files.base import File
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from foundation.refusal import Reason, Refused
from ledger.actor import Actor, NotAllowed
from ledger.audit import record
from ledger.enums import Via
from news.actions.oldsite_files import Export, opened_export, unsized
from news.actions.pictures import add_picture
from news.actions.posts import ChangedMeanwhile, change_post, write_post
from news.actions.publishing import publish_post
from news.actions.tags import add_tag
from news.enums import OldState, OldVerdict
from news.models import Category, OldItem, OldPath, OldSite, Picture, Post
from news.queries.oldsite import due_old_sites
from news.rules.embeds import box
from news.rules.oldsite import (
    OldArticle,
    OldPicture,
    body_of,
    old_links,
    plain_path,
    relinked,
    summary_of,
)
from people.actions.files import store_file
from people.actors import actor_for
from people.models import Unit
from people.permissions import acting

RIGHT = "news.publish"
LEASE = timedelta(minutes=5)
FILE_DAYS = 90
CHUNK = 200


class Lost(Exception):
    """Another worker has taken the export over."""


@transaction.atomic
def take_in_old_site(*, by: Actor, unit: Unit, file: File, about: Mapping[str, Any]) -> OldSite:  # type: ignore[type-arg]
    """The export, waiting to be tried; returns its row. `about`: category, source, permission, ground,
    proof (for its pictures), publishes (what lacks nothing goes on the site with its old day)."""
    by = acting(by, RIGHT, unit.pk)
    if by.user is None:
        raise NotAllowed([pgettext("people", "Your offices do not allow this here.")])
    head = file.read(512)
    file.seek(0)
    if not head.startswith(b"PK\x03\x04") and b"<rss" not in head and b"<?xml" not in head:
        raise Refused(
            Reason(
                _("Send a WordPress export (.xml), or a .zip of the pages and pictures of the old site."),
                field="file",
            )
        )
    stored = store_file(
        by=by,
        name=(file.name or "export")[-200:].replace("\\", "/").rpartition("/")[2],
        content_type="application/octet-stream",
        file=file,
        days=FILE_DAYS,
    )
    names = ("category", "source", "permission", "ground", "proof", "publishes")
    site = OldSite(unit=unit, file=stored, by_user=by.user, **{n: about[n] for n in names if n in about})
    site.full_clean()
    site.save()
    record(by=by, act="news.take_in_old_site", subject=site, after={"source": site.source})
    return site


@transaction.atomic
def start_old_site(*, by: Actor, site: OldSite) -> OldSite:
    """The plan was looked at: bring the articles in; returns the row. One that failed goes on."""
    site = OldSite.objects.select_for_update(of=("self",)).get(pk=site.pk)
    by = acting(by, RIGHT, site.unit_id)
    if site.state not in {OldState.TRIED, OldState.FAILED} or not site.items.exists():
        raise Refused(_("This export is not ready to be brought in."))
    site.state, site.problem, site.claim = OldState.QUEUED, "", None
    site.save(update_fields=["state", "problem", "claim"])
    record(by=by, act="news.start_old_site", subject=site)
    return site


def work_old_site(*, by: Actor, pk: int) -> bool:
    """Try or bring in one export that waits, with the rights its sender has now; False if another does."""
    if not by.is_system:
        raise NotAllowed([pgettext("people", "Your offices do not allow this here.")])
    with transaction.atomic():
        site = _claimed(pk)
    if site is None:
        return False
    sender = replace(actor_for(site.by_user, Via.JOB), run_id=by.run_id)
    try:
        sender = acting(sender, RIGHT, site.unit_id)
        with opened_export(site.file) as export:
            if site.state == OldState.TRYING:
                _try(site, export)
            else:
                _bring_in(site, export, sender)
    except Lost:
        return False
    except (Refused, NotAllowed) as refused:
        _end(site, OldState.FAILED, problem=str(refused)[:300] or _("Not allowed any more."))
    except Exception as error:
        _end(
            site,
            OldState.FAILED,
            problem=_("Something went wrong (%(what)s).") % {"what": type(error).__name__},
        )
        raise
    return True


def _claimed(pk: int) -> OldSite | None:
    rows = OldSite.objects.select_for_update(of=("self",), skip_locked=True)
    rows = rows.select_related("unit", "file", "by_user", "category")
    found = rows.filter(pk=pk, pk__in=due_old_sites(timezone.now() - LEASE)).first()
    if found is not None:
        found.claim, found.claimed_at = uuid.uuid4(), timezone.now()
        if found.state == OldState.QUEUED:
            found.state = OldState.RUNNING
        found.save(update_fields=["claim", "claimed_at", "state"])
    return found


def _end(site: OldSite, state: OldState, **values: Any) -> None:
    held = OldSite.objects.filter(pk=site.pk, claim=site.claim)
    held.update(state=state, claim=None, finished_at=timezone.now(), **values)


def _tell(site: OldSite, **values: Any) -> None:
    """How far it is; raises Lost if the claim is another's."""
    held = OldSite.objects.filter(pk=site.pk, claim=site.claim)
    if held.update(claimed_at=timezone.now(), **values) != 1:
        raise Lost


def _try(site: OldSite, export: Export) -> None:
    """Write nothing but the plan."""
    OldItem.objects.filter(site=site).delete()
    seen: set[str] = set()
    articles = export.articles()
    done = 0
    while chunk := list(islice(articles, CHUNK)):
        known = set(
            OldPath.objects.filter(
                path__in=[a.path for a in chunk if a.path], post__isnull=False
            ).values_list("path", flat=True)
        )
        items = [_planned(site, export, article, known, seen) for article in chunk]
        OldItem.objects.bulk_create(items, ignore_conflicts=True)
        done += len(chunk)
        _tell(site, rows_done=done)
    if not done:
        raise Refused(_("The export holds no article that can be read."))
    _end(site, OldState.TRIED, rows_total=done, rows_done=0)


def _planned(site: OldSite, export: Export, article: OldArticle, known: set[str], seen: set[str]) -> OldItem:
    _body, pictures = body_of(article)
    missing = sum(export.entry(picture.src, article.name) is None for picture in pictures)
    item = OldItem(
        site=site,
        name=article.name[:500],
        path=article.path,
        title=article.title or article.name[:200],
        at=article.at,
        pictures=len(pictures),
        missing=missing,
        verdict=OldVerdict.DRAFT if _stays_draft(site, article) else OldVerdict.NEW,
    )
    if not article.title:
        item.verdict, item.note = OldVerdict.CANNOT, _("It has no title.")
    elif not article.is_public:
        item.verdict, item.note = OldVerdict.CANNOT, _("It was not public on the old site.")
    elif article.path and article.path in seen:
        item.verdict, item.note = OldVerdict.CANNOT, _("Another article of the export has this address.")
    elif article.path in known:
        item.verdict, item.note = OldVerdict.SAME, _("It was brought in before.")
    elif item.verdict == OldVerdict.DRAFT:
        item.note = _("Its day is not known, so it stays a draft.") if article.at is None else ""
    seen.add(article.path)
    return item


def _stays_draft(site: OldSite, article: OldArticle) -> bool:
    return not site.publishes or article.at is None


def _bring_in(site: OldSite, export: Export, by: Actor) -> None:
    open_items = {
        item.name: item
        for item in site.items.filter(is_done=False, verdict__in=[OldVerdict.NEW, OldVerdict.DRAFT])
    }
    total = site.items.filter(verdict__in=[OldVerdict.NEW, OldVerdict.DRAFT]).count()
    done = total - len(open_items)
    _tell(site, rows_total=total, rows_done=done)
    categories = {category.slug: category for category in Category.objects.all()}
    hosts: set[str] = set()
    for article in export.articles():
        hosts.add(article.host)
        item = open_items.pop(article.name[:500], None)
        if item is None:
            continue
        try:
            with transaction.atomic():
                _bring_in_one(_Work(site, export, by, categories), item, article)
        except Refused as refused:
            OldItem.objects.filter(pk=item.pk, is_done=False).update(
                verdict=OldVerdict.CANNOT, note=str(refused)[:300], is_done=True
            )
        done += 1
        _tell(site, rows_done=done)
    _relink(site, by, hosts - {""})
    _end(site, OldState.DONE, rows_done=done)


def _relink(site: OldSite, by: Actor, hosts: set[str]) -> None:
    """Links between the articles lead to where they stand now; what somebody has edited since is left."""
    done = site.items.filter(is_done=True, post__version=1).select_related("post").order_by("pk")
    for number, item in enumerate(done.iterator(CHUNK)):
        if number % CHUNK == 0:
            _tell(site)
        post = item.post
        links = old_links(post.body, item.path, hosts) if post else {}
        paths = OldPath.objects.filter(path__in=set(links.values()), post__isnull=False).select_related(
            "post"
        )
        now = {one.path: one.post.get_absolute_url() for one in paths if one.post} if links else {}
        new = {raw: now[path] for raw, path in links.items() if path in now}
        if post is None or not new:
            continue
        with suppress(ChangedMeanwhile), transaction.atomic():
            values = {"body": relinked(post.body, new)}
            change_post(by=by, post=post, version=1, values=values, act="news.relink_old_article")


@dataclass(frozen=True, slots=True)
class _Work:
    site: OldSite
    export: Export
    by: Actor
    categories: dict[str, Category]


def _bring_in_one(work: _Work, item: OldItem, article: OldArticle) -> None:
    """One article with its pictures and addresses, unless another worker was faster."""
    site, by = work.site, work.by
    item = OldItem.objects.select_for_update(of=("self",)).get(pk=item.pk)
    if item.is_done:
        return
    if article.path and OldPath.objects.filter(path=article.path, post__isnull=False).exists():
        OldItem.objects.filter(pk=item.pk).update(verdict=OldVerdict.SAME, is_done=True)
        return
    marked, wanted = body_of(article)
    notes: list[str] = []
    taken = [_picture(work, article, picture, notes) for picture in wanted]
    for number, (picture, told) in enumerate(zip(taken, wanted, strict=True), start=1):
        mark = f'<figure data-kind="old" data-id="{number}"></figure>'
        marked = marked.replace(mark, box("picture", picture.pk, told.caption) if picture else "")
    cover = None
    if article.cover:
        cover = _picture(work, article, OldPicture(article.cover, "", ""), notes)
    values = {
        "title": article.title,
        "summary": summary_of(article),
        "body": marked,
        "category": next(
            (work.categories[c] for c in article.categories if c in work.categories), site.category
        ),
        "author_line": site.source[:120],
        "cover": cover or next((picture for picture in taken if picture), None),
        "tags": [add_tag(by=by, unit=site.unit, name=name) for name in _tags(article)],
    }
    post = write_post(by=by, unit=site.unit, values=values)
    if article.path:
        OldPath.objects.update_or_create(path=article.path, defaults={"post": post, "picture": None})
    if not _stays_draft(site, article) and article.at is not None:
        notes += _publish(by, post, article.at)
    record(by=by, act="news.bring_in_old_article", subject=post, after={"path": article.path})
    OldItem.objects.filter(pk=item.pk).update(
        post=post, is_done=True, note=" ".join(dict.fromkeys(notes))[:300]
    )


def _publish(by: Actor, post: Post, at: datetime) -> list[str]:
    """Puts the post on the site with its old day; what keeps it from there is said."""
    try:
        with transaction.atomic():
            publish_post(by=by, post=post, version=post.version, at=min(at, timezone.now()))
    except Refused as refused:
        return [_("It stays a draft: %(why)s") % {"why": refused}]
    return []


def _picture(work: _Work, article: OldArticle, told: OldPicture, notes: list[str]) -> Picture | None:
    """The picture a body shows, taken in as any other; None, with a note, where the export lacks it."""
    data = work.export.picture(told.src, article.name)
    if data is None:
        notes.append(_("A picture is not in the export."))
        return None
    about: dict[str, Any] = {"alt": told.alt, "ground": work.site.ground, "proof": work.site.proof}
    try:
        picture = add_picture(
            by=work.by,
            unit=work.site.unit,
            file=BytesIO(data),
            size=len(data),
            about={**about, "credit": work.site.source[:120], "licence": "permitted"},
            name=told.src,
        )
    except Refused as refused:
        notes.append(str(refused))
        return None
    for path in {plain_path(told.src), plain_path(unsized(told.src))} - {""}:
        OldPath.objects.get_or_create(path=path, defaults={"picture": picture})
    return picture


def _tags(article: OldArticle) -> list[str]:
    return [tag for tag in article.tags if 0 < len(tag) <= 80][:10]

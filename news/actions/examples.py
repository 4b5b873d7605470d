"""Good examples: written by a unit, proposed, returned or approved by the level above, taken down."""

from collections.abc import Mapping, Sequence
from html import escape
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from foundation.locks import lock
from foundation.refusal import Reason, Refused
from foundation.text import house_spelling, slug
from ledger.actor import Actor, NotAllowed
from ledger.audit import record, snapshot
from news.actions.posts import write_post
from news.enums import ExampleState
from news.models import Category, Example, ExamplePicture, Picture, Post
from news.page_cache import forget_pages
from news.rules.examples import APPROVE, PROPOSE, missing_in_example, right_to_change
from people.models import Unit
from people.permissions import acting

FIELDS = ("kind", "title", "name", "names_person", "consent", "consent_on", "summary", "story")
MOST_PICTURES = 12


@transaction.atomic
def write_example(
    *, by: Actor, unit: Unit, values: Mapping[str, Any], pictures: Sequence[Picture] = ()
) -> Example:
    """A new draft of the unit; returns it. `values` as in FIELDS."""
    by = acting(by, PROPOSE, unit.pk)
    example = Example(unit=unit, since_at=timezone.now())
    _fill(example, values)
    example.full_clean()
    example.save()
    _put_pictures(example, pictures)
    record(by=by, act="news.write_example", subject=example, after=snapshot(example, FIELDS))
    return example


@transaction.atomic
def change_example(
    *, by: Actor, example: Example, version: int, values: Mapping[str, Any], pictures: Sequence[Picture]
) -> Example:
    """The example with new values, one version on; what is public only an approver changes."""
    example = Example.objects.select_for_update(of=("self",)).get(pk=example.pk)
    by = acting(by, right_to_change(example.state), example.unit_id)
    if example.version != version:
        raise Refused(_("Somebody else changed this meanwhile. Load the page again, then change it."))
    before = snapshot(example, FIELDS)
    _fill(example, values)
    example.version += 1
    _put_pictures(example, pictures)
    if example.state == ExampleState.PUBLISHED:
        _refuse_incomplete(example)
    example.full_clean()
    example.save()
    record(by=by, act="news.change_example", subject=example, before=before, after=snapshot(example, FIELDS))
    forget_pages()
    return example


@transaction.atomic
def propose_example(*, by: Actor, example: Example) -> Example:
    """The unit hands it to the level above; refused while something is missing."""
    example, by = _locked(by, example, PROPOSE)
    _must_be(example, ExampleState.DRAFT, ExampleState.RETURNED)
    _refuse_incomplete(example)
    return _moved(by, example, ExampleState.PROPOSED, "news.propose_example")


@transaction.atomic
def return_example(*, by: Actor, example: Example, reason: str) -> Example:
    """Back to the unit, with what is to be changed."""
    example, by = _locked(by, example, APPROVE)
    _must_be(example, ExampleState.PROPOSED)
    return _moved(by, example, ExampleState.RETURNED, "news.return_example", _said(reason))


@transaction.atomic
def publish_example(*, by: Actor, example: Example) -> Example:
    """Approved and shown to all; refused while something is missing, consent above all."""
    example, by = _locked(by, example, APPROVE)
    _must_be(example, ExampleState.PROPOSED, ExampleState.WITHDRAWN)
    _refuse_incomplete(example)
    return _moved(by, example, ExampleState.PUBLISHED, "news.publish_example")


@transaction.atomic
def withdraw_example(*, by: Actor, example: Example, reason: str) -> Example:
    """Taken down with a reason, for example because the person has withdrawn the consent."""
    example, by = _locked(by, example, APPROVE)
    _must_be(example, ExampleState.PUBLISHED)
    return _moved(by, example, ExampleState.WITHDRAWN, "news.withdraw_example", _said(reason))


@transaction.atomic
def draft_post_of(*, by: Actor, example: Example, category: Category) -> Post:
    """A draft of a post that tells the public example, with its first picture; returns the post."""
    example, by = _locked(by, example, "news.write")
    _must_be(example, ExampleState.PUBLISHED)
    if example.post_id is not None:
        raise Refused(_("A post tells this example already."))
    first = example.example_pictures.select_related("picture").first()
    paragraphs = [part.strip() for part in example.story.replace("\r\n", "\n").split("\n") if part.strip()]
    values = {
        "category": category,
        "title": example.title,
        "summary": example.summary,
        "body": "".join(f"<p>{escape(part, quote=False)}</p>" for part in paragraphs),
        "author_line": example.unit.name,
        "cover": first.picture if first else None,
    }
    post = write_post(by=by, unit=example.unit, values=values)
    example.post = post
    example.save(update_fields=["post"])
    record(by=by, act="news.draft_post_of_example", subject=example, after={"post": post.pk})
    return post


def _locked(by: Actor, example: Example, right: str) -> tuple[Example, Actor]:
    example = Example.objects.select_for_update(of=("self",)).select_related("unit").get(pk=example.pk)
    return example, acting(by, right, example.unit_id)


def _must_be(example: Example, *states: ExampleState) -> None:
    if example.state not in states:
        raise Refused(
            _("This step does not fit: the example is now “%(state)s”.")
            % {"state": example.get_state_display()}
        )


def _refuse_incomplete(example: Example) -> None:
    missing = missing_in_example(example.facts)
    if missing:
        raise Refused(missing)


def _said(reason: str) -> str:
    if not reason.strip():
        raise Refused(Reason(_("Say why."), field="reason"))
    return reason.strip()


def _moved(by: Actor, example: Example, state: ExampleState, act: str, reason: str = "") -> Example:
    before = {"state": example.state}
    example.state, example.since_at, example.reason = state, timezone.now(), reason
    if state == ExampleState.PUBLISHED and example.published_at is None:
        example.published_at = example.since_at
    example.full_clean()
    example.save(update_fields=["state", "since_at", "reason", "published_at", "changed_at"])
    record(by=by, act=act, subject=example, before=before, after={"state": state}, reason=reason)
    forget_pages()
    return example


def _fill(example: Example, values: Mapping[str, Any]) -> None:
    for name in FIELDS:
        if name in values:
            setattr(example, name, values[name])
    example.title = house_spelling(" ".join(example.title.split()))
    example.name = " ".join(example.name.split())
    if not example.slug:
        lock("news.example_address")
        base = slug(example.title, 90) or "guong"
        address, number = base, 2
        while address == "rss" or Example.objects.filter(slug=address).exists():
            address, number = f"{base}-{number}", number + 1
        example.slug = address


def _put_pictures(example: Example, pictures: Sequence[Picture]) -> None:
    if len(pictures) > MOST_PICTURES:
        raise Refused(Reason(_("At most %(most)d pictures.") % {"most": MOST_PICTURES}, field="pictures"))
    if any(picture.unit_id != example.unit_id for picture in pictures):
        raise NotAllowed([_("Only pictures of the unit’s own library.")])
    ExamplePicture.objects.filter(example=example).exclude(picture__in=pictures).delete()
    for order, picture in enumerate(pictures):
        ExamplePicture.objects.update_or_create(example=example, picture=picture, defaults={"order": order})

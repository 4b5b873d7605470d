"""Tags and programmes named."""

from django.db import transaction
from django.utils.translation import gettext as _

from foundation.locks import lock
from foundation.refusal import Reason, Refused
from foundation.text import fold, house_spelling, slug
from ledger.actor import Actor
from ledger.audit import record, snapshot
from news.enums import TagKind
from news.models import Tag
from news.page_cache import forget_pages
from people.models import Unit
from people.permissions import acting


@transaction.atomic
def add_tag(*, by: Actor, unit: Unit, name: str, kind: str = TagKind.WORD) -> Tag:
    """The tag of this name, a new one if none has it; returns it. Accents make no other name.

    Writers of the unit add words; a programme, which has its place in the menus, only a publisher.
    A word that is named as a programme becomes one, with all its posts.
    """
    by = acting(by, "news.publish" if kind == TagKind.PROGRAMME else "news.write", unit.pk)
    name = house_spelling(" ".join(name.split()))
    lock("news.tags")
    address = slug(name, 80)
    if not address or len(name) > 80:
        raise Refused(Reason(_("A tag is a word or a few, at most 80 letters."), field="tags"))
    same = Tag.objects.filter(slug=address).first()
    if same is not None and fold(same.name) == fold(name):
        return same if kind == TagKind.WORD or same.kind == kind else _raised(by, same)
    tag = Tag(kind=kind, name=name, slug=address)
    number = 2
    while Tag.objects.filter(slug=tag.slug).exists():
        tag.slug, number = f"{address[:76]}-{number}", number + 1
    tag.full_clean()
    tag.save()
    record(by=by, act="news.add_tag", subject=tag, after=snapshot(tag, ("kind", "name", "slug")))
    return tag


def _raised(by: Actor, tag: Tag) -> Tag:
    tag = Tag.objects.select_for_update().get(pk=tag.pk)
    before = snapshot(tag, ("kind",))
    tag.kind = TagKind.PROGRAMME
    tag.save(update_fields=["kind"])
    record(by=by, act="news.raise_tag", subject=tag, before=before, after=snapshot(tag, ("kind",)))
    forget_pages()
    return tag

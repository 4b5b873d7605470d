"""Files of posts: what readers may have, what an editor chooses from."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, QuerySet
from django.template.defaultfilters import filesizeformat
from django.urls import reverse
from django.utils import timezone

from foundation.text import matching
from ledger.actor import Actor
from news.models import PostFile
from news.models.post_files import is_open_at
from people.rules import offices_that_may

MOST = 24


@dataclass(frozen=True, slots=True)
class FileShown:
    """A file as a box shows it; `url` is open to whoever the page is for."""

    pk: int
    title: str
    kind: str
    size: int
    url: str

    @property
    def note(self) -> str:
        """ "PDF, 1.2 MB" in the reader's language."""
        return f"{self.kind}, {filesizeformat(self.size)}"


def post_files_for(by: Actor) -> QuerySet[PostFile]:
    """Files of the units for which the actor may write or publish."""
    if by.is_system:
        return PostFile.objects.all()
    offices = offices_that_may("news.write", by.on) | offices_that_may("news.publish", by.on)
    return PostFile.objects.filter(unit__in=by.unit_ids(offices))


def post_file_register(by: Actor, query: str) -> QuerySet[Any]:
    """Under a search, the newest first; `used` is in how many posts, `is_open` to readers. 1 query."""
    files = post_files_for(by).filter(matching("search", query)).select_related("stored", "unit")
    return files.annotate(used=Count("posts"), is_open=is_open_at(timezone.now())).order_by("-pk")


def files_to_hand_out(by: Actor, ids: Collection[int]) -> QuerySet[PostFile]:
    """Files among these that the actor may put into a post: of the own units, or open to readers already."""
    return (post_files_for(by) | PostFile.objects.open_at(timezone.now())).filter(pk__in=ids)


def files_shown(ids: Collection[int]) -> Mapping[int, FileShown]:
    """Files readers may have now, by id. 1 query."""
    found = PostFile.objects.open_at(timezone.now()).filter(pk__in=ids).select_related("stored")
    return {one.pk: _shown(one, is_open=True) for one in found}


def files_held(by: Actor, ids: Collection[int]) -> Mapping[int, FileShown]:
    """Files the actor may see in a draft, by id. 1 query."""
    found = files_to_hand_out(by, ids).select_related("stored").annotate(is_open=is_open_at(timezone.now()))
    return {one.pk: _shown(one, is_open=one.is_open) for one in found}


def files_to_choose(by: Actor, query: str) -> list[FileShown]:
    """The newest files of the actor's units, those whose title or name holds the query. 1 query."""
    found = post_files_for(by).filter(matching("search", query)).select_related("stored").order_by("-pk")
    return [_shown(one, is_open=False) for one in found[:MOST]]


def file_shown(file: PostFile) -> FileShown:
    """The file as the newsroom has it; reads `stored`."""
    return _shown(file, is_open=False)


def _shown(file: PostFile, *, is_open: bool) -> FileShown:
    url = reverse("post_file" if is_open else "post_file_open", args=[file.pk])
    return FileShown(file.pk, file.title, file.kind, file.stored.size, url)

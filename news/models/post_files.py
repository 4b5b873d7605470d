"""Files of posts: what an editor puts into a text that is no document of the library."""

from datetime import datetime

from django.db import models
from django.db.models import Exists, OuterRef
from django.utils.translation import gettext_lazy as _

from ledger.models import StoredFile
from news.models.posts import Post
from news.rules.files import NAMES
from people.models import Unit


def is_open_at(now: datetime) -> Exists:
    """Of a file: whether a post that readers can read at that moment shows it."""
    return Exists(Post.objects.readable(now).filter(files=OuterRef("pk")))


class PostFileQuerySet(models.QuerySet["PostFile"]):
    def open_at(self, now: datetime) -> "PostFileQuerySet":
        """Files readers may have at that moment: a post they can read shows them."""
        return self.filter(is_open_at(now))


class PostFile(models.Model):
    """A file of a unit for its posts, looked at before it was kept.

    `posts` are those whose text shows it, by somebody who may hand it out: written with each save of a post.
    """

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="post_files", verbose_name=_("unit"))
    stored = models.OneToOneField(StoredFile, models.PROTECT, related_name="+", verbose_name=_("file"))
    title = models.CharField(_("what the file is"), max_length=200)
    posts = models.ManyToManyField(Post, blank=True, related_name="files", editable=False)
    search = models.TextField(editable=False)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = PostFileQuerySet.as_manager()

    class Meta:
        verbose_name = _("file of a post")
        verbose_name_plural = _("files of posts")

    def __str__(self) -> str:
        return self.title

    @property
    def kind(self) -> str:
        """The program it belongs to: PDF, Word or Excel; reads `stored`."""
        return NAMES[self.stored.content_type]

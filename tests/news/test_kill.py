"""An old site is brought in, and its pictures are made at their widths, by workers that are killed."""

import os
import signal
import zipfile
from collections.abc import Callable
from datetime import timedelta
from functools import partial
from io import BytesIO

import pytest
from django.core.files.storage import default_storage
from django.db import connections
from django.utils import timezone

from ledger.models import AuditEntry
from news import actions
from news.actions.oldsite import LEASE
from news.actions.pictures import STALE
from news.enums import OldState, RenditionState
from news.models import OldItem, OldPath, OldSite, Picture, Post, Rendition
from news.models.pictures import file_name
from news.tasks import make_due_renditions, work_old_sites
from people.actors import system_actor
from redcross.processes import wait_until
from tests.conftest import Cast
from tests.factories import news

pytestmark = pytest.mark.django_db(transaction=True)
ARTICLES = 36
PICTURES = 6
KILLS = 8


def started(task: Callable[[], None]) -> int:
    """A process of its own that does it; its id.

    Where a browser runs in this process, connections made before it are kept apart, out of `close_all`'s
    reach; the child, without the browser's event loop, would talk on them: it drops them unused.
    """
    connections.close_all()
    pid = os.fork()
    if pid:
        return pid
    code = 1
    try:
        for one in connections.all(initialized_only=True):
            del connections[one.alias]
        task()
        code = 0
    finally:
        os._exit(code)


def has_done(count: Callable[[], int], due: int) -> bool:
    return count() >= due


def killed(task: Callable[[], None], count: Callable[[], int], due: int) -> bool:
    """Two workers, both killed once so much is done; whether one was still at work."""
    pids = [started(task), started(task)]
    assert wait_until(partial(has_done, count, due), 120)
    for pid in pids:
        os.kill(pid, signal.SIGKILL)
    return any(os.WIFSIGNALED(os.waitpid(pid, 0)[1]) for pid in pids)


def export() -> bytes:
    """Pages in a ring, each with a link to the next; the first few with a picture each."""
    out = BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for number in range(ARTICLES):
            picture = f'<img src="anh-{number}.jpg" alt="Ảnh {number}">' if number < PICTURES else ""
            archive.writestr(
                f"tin/{number}.html",
                f'<meta charset="utf-8"><title>Bài {number}</title><article><p>Lời {number}, '
                f'<a href="{(number + 1) % ARTICLES}.html">bài sau</a>.</p>{picture}</article>',
            )
            if picture:
                archive.writestr(f"tin/anh-{number}.jpg", news.jpeg(500, 300 + number))
    return out.getvalue()


def test_each_article_and_each_width_once_however_often_workers_are_killed(cast: Cast) -> None:
    site = news.old_site(cast.ward, export(), "trang.zip")
    work_old_sites()
    actions.start_old_site(by=system_actor(), site=OldSite.objects.get(pk=site.pk))
    interrupted = 0
    for number in range(KILLS):
        done = OldItem.objects.filter(is_done=True)
        interrupted += killed(work_old_sites, done.count, ARTICLES * number // KILLS)
        # Time passes: the dead one's claim is no longer believed.
        OldSite.objects.filter(state=OldState.RUNNING).update(claimed_at=timezone.now() - LEASE * 2)
    work_old_sites()

    assert interrupted >= KILLS // 2
    assert OldSite.objects.get().state == OldState.DONE
    titles = sorted(Post.objects.values_list("title", flat=True))
    assert titles == sorted(f"Bài {number}" for number in range(ARTICLES))
    assert OldPath.objects.filter(post__isnull=False).count() == ARTICLES
    assert Picture.objects.count() == PICTURES
    brought = AuditEntry.objects.filter(act="news.bring_in_old_article")
    assert (brought.count(), brought.values("subject_id").distinct().count()) == (ARTICLES, ARTICLES)
    for post in Post.objects.all():
        following = Post.objects.get(title=f"Bài {(int(post.title[4:]) + 1) % ARTICLES}")
        assert f'href="{following.get_absolute_url()}"' in post.body
        assert post.version == 2

    total = Rendition.objects.count()
    finished = Rendition.objects.filter(state=RenditionState.DONE)
    for number in range(1, 5):
        killed(make_due_renditions, finished.count, total * number // 6)
        Rendition.objects.filter(state=RenditionState.CLAIMED).update(
            claimed_at=timezone.now() - STALE - timedelta(minutes=1)
        )
    make_due_renditions()
    assert finished.count() == total > PICTURES
    made = AuditEntry.objects.filter(act="news.make_rendition")
    assert (made.count(), made.values("subject_id").distinct().count()) == (total, total)
    for one in Rendition.objects.select_related("picture"):
        assert default_storage.exists(file_name(one.picture.digest, one.width, one.format))
        assert f" {one.width}w" in one.picture.sources[one.format]

"""`python schedule.py COUNT` after fill.py: so many pages due, sent out by publish_scheduled; JSON."""

import datetime as dt
import json
import os
import resource
import sys
import time
from pathlib import Path

import django

HERE = Path(__file__).resolve().parent


def main(count: int) -> None:
    """Write and schedule outside the clock, run the command inside it, and look that every page is live."""
    from articles.models import ArticlePage, Category, ListPage
    from django.core.management import call_command
    from django.db import connection
    from django.utils import timezone
    from wagtail.images import get_image_model

    from bench import content
    from bench.count_queries import Counter

    shelf, category = ListPage.objects.get(), Category.objects.order_by("pk")[0]
    cover = get_image_model().objects.order_by("pk")[0]
    due = timezone.now() - dt.timedelta(minutes=1)
    for number in range(count):
        one = content.article(number + 1)
        page = ArticlePage(
            title=f"Hẹn giờ {number}",
            slug=f"hen-gio-{number}",
            summary=one.summary,
            body=one.body,
            cover=cover,
            category=category,
            author=one.author,
            shown_at=due,
            live=False,
            go_live_at=due,
        )
        shelf.add_child(instance=page)
        page.save_revision(approved_go_live_at=due)
    counter = Counter()
    begun = time.perf_counter()
    with connection.execute_wrapper(counter):
        call_command("publish_scheduled")
    seconds = time.perf_counter() - begun
    out = ArticlePage.objects.live().filter(title__startswith="Hẹn giờ").count()
    if out != count:
        raise SystemExit(f"{out} of {count} are live")
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000
    print(json.dumps({"seconds": seconds, "queries": counter.seen, "peak_mb": peak}))


if __name__ == "__main__":
    sys.path[:0] = [str(HERE), str(HERE.parent.parent.parent)]
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "site_settings")
    django.setup()
    main(int(sys.argv[1]))

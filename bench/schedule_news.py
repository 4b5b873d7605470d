"""`python -m bench.schedule_news COUNT` after fill_news: so many posts fall due; how long until all are out.

Ours: the action the beat calls. Prints seconds, queries and the process's peak memory as JSON.
"""

import datetime as dt
import json
import resource
import sys
import time

import django


def main(count: int) -> None:
    """Write and schedule outside the clock, send out inside it, and look that every one is there."""
    from django.db import connection
    from django.utils import timezone

    from bench import content
    from bench.count_queries import Counter
    from ledger.enums import Via
    from ledger.models import AuditEntry
    from news.actions import publish_post, send_out_posts, write_post
    from news.models import Category, Post
    from people.actors import system_actor
    from people.models import Unit

    by = system_actor(Via.COMMAND)
    unit, category = Unit.objects.get(code="MAU"), Category.objects.order_by("pk")[0]
    due = timezone.now() + dt.timedelta(hours=1)
    for number in range(count):
        one = content.article(number + 1)
        values = {
            "title": f"Hẹn giờ {number}",
            "summary": one.summary,
            "body": one.body,
            "category": category,
        }
        post = write_post(by=by, unit=unit, values=values)
        publish_post(by=by, post=post, version=post.version, at=due)
    later = due + dt.timedelta(minutes=1)
    if Post.objects.on_site(timezone.now()).filter(title__startswith="Hẹn giờ").exists():
        raise SystemExit("a scheduled post is out too early")
    counter = Counter()
    begun = time.perf_counter()
    with connection.execute_wrapper(counter):
        sent = send_out_posts(by=by, now=later)
    seconds = time.perf_counter() - begun
    out = Post.objects.on_site(later).filter(title__startswith="Hẹn giờ").count()
    told = AuditEntry.objects.filter(act="news.send_out_post").count()
    again = send_out_posts(by=by, now=later)
    if (out, sent, told, again) != (count, count, count, 0):
        raise SystemExit(f"{out} of {count} are out, {sent} were sent, {told} told of, {again} sent twice")
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000
    print(json.dumps({"seconds": seconds, "queries": counter.seen, "peak_mb": peak}))


if __name__ == "__main__":
    django.setup()
    main(int(sys.argv[1]))

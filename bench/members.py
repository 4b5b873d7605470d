"""`members`: dues reconciled, many memberships ended, lists as of a date, at half a million members.

`--size N` is the number of members (500000 in full, 20000 by default). Everything runs on one PostgreSQL,
each work in a process of its own. The yardstick of dues is byro's published figure, not run here; beside it
stands the loop over objects that one writes in Django, on a thousand of the same rows.
"""

import json
import tempfile
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from bench.news import our_site
from bench.people import line
from bench.servers import Site
from redcross.embedded import running

SMALL = 20_000
LOOPED = 1_000
BYRO = 45.0  # seconds for 1,000 members: byro's issue tracker


def measure(size: int | None, rounds: int, seconds: float) -> None:
    """Fill, work, print a line per figure; rounds and seconds have no meaning here."""
    size = size or SMALL
    units = max(12, size // 500)
    with tempfile.TemporaryDirectory(prefix="bench-") as name, ExitStack() as stack:
        folder = Path(name)
        site = our_site(stack.enter_context(running(folder)), folder, "off")
        Path(site.environment["DATA_DIR"]).mkdir(parents=True)
        site.python("manage.py", "migrate", "-v0")
        site.python("manage.py", "createcachetable")
        site.python("manage.py", "collectstatic", "--noinput", "-v0")
        filled = json.loads(site.python("-m", "bench.fill_members", str(size), str(units)))
        print(
            f"# {filled['members_membership']:,} memberships of {size:,} people in {units:,} units"
            f" filled in {filled['seconds']} s",
            flush=True,
        )
        reconcile(site, size)
        read_lists(site, size)
        end_a_third(site, size)


def work(site: Site, name: str, *words: str) -> dict[str, Any]:
    """What one work of bench.members_work measured, in a process of its own."""
    found: dict[str, Any] = json.loads(site.python("-m", "bench.members_work", name, *words))
    return found


def reconcile(site: Site, size: int) -> None:
    """Dues of everybody computed and written; the same again; beside byro's figure and a loop."""
    looped = min(size, LOOPED)
    loop = work(site, "one_by_one", str(looped))
    first = work(site, "reconcile")
    again = work(site, "reconcile")
    published = BYRO * size / 1000
    line(
        "members dues reconciled, all new",
        size,
        f"{first['seconds']:.1f} s (target < 60 for 500,000), changed {first['changed']}",
        f"byro as published {BYRO:.0f} s per 1,000, so {published:,.0f} s; a loop over objects"
        f" {loop['loop'] / looped * 1000:.2f} ms a member",
        f"{published / first['seconds']:,.0f}×; the loop"
        f" {loop['loop'] / looped * size / first['seconds']:.0f}×",
        f"{first['queries']}/{loop['queries']} for {looped}",
        f"{first['peak_mb']:.0f}/{loop['peak_mb']:.0f}",
    )
    line(
        "members dues reconciled again",
        size,
        f"{again['seconds']:.1f} s (target < 15 for 500,000), changed {again['changed']}",
        "",
        "",
        f"{again['queries']}/",
        f"{again['peak_mb']:.0f}/",
    )


def read_lists(site: Site, size: int) -> None:
    """Eight lists as of three days, with and without a name, as pages; beside one plain query."""
    theirs = work(site, "scan")
    for who, words in (("ward", "a ward's officer"), ("city", "the city's officer")):
        ours = work(site, "lists", who)
        line(
            f"members lists as of a day, {words}",
            size,
            f"p50 {ours['p50']:.0f} ms, p95 {ours['p95']:.0f} ms (target < 500), slowest {ours['worst']}",
            f"one query over everybody, joined and sorted, p95 {theirs['p95']:.0f} ms",
            f"{theirs['p95'] / ours['p95']:.1f}×",
            f"{ours['queries']}/1",
            f"{ours['peak_mb']:.0f}/{theirs['peak_mb']:.0f}",
        )


def end_a_third(site: Site, size: int) -> None:
    """A third of all memberships ended by one decision, each with its act and log entry."""
    looped = min(size, LOOPED) // 5
    loop = work(site, "end_singly", str(looped))
    tenth = work(site, "end", "30")
    third = work(site, "end", "3")
    line(
        "members status of a third changed",
        third["ended"],
        f"{third['took']:.1f} s (target < 30 for a third of 500,000), left alone {third['left']}",
        f"the action for one, in a loop {loop['loop'] / looped * 1000:.1f} ms each",
        f"{loop['loop'] / looped * third['ended'] / third['took']:.0f}×",
        f"{third['queries']}/{loop['queries']} for {looped}",
        f"{third['peak_mb']:.0f}/{loop['peak_mb']:.0f} (with a tenth of the rows {tenth['peak_mb']:.0f})",
    )

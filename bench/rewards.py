"""`rewards`: a full run, the nightly one, certificates, at a million donors.

`--size N` is the number of donors (1000000 in full, 20000 by default), each with three donations on average.
The yardstick of the full run is a hand-written statement that does the least possible to write the same rows.
Both sides run on one PostgreSQL, each in a process of its own, the tables emptied between them.
"""

import json
import tempfile
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from bench.news import our_site
from bench.servers import Site
from redcross.embedded import running

SMALL = 20_000
NEW = 1_000
CERTIFICATES = 1_000


def measure(size: int | None, rounds: int, seconds: float) -> None:
    """Fill, run both sides, print a line per figure; rounds and seconds have no meaning here."""
    size = size or SMALL
    with tempfile.TemporaryDirectory(prefix="bench-") as name, ExitStack() as stack:
        folder = Path(name)
        site = our_site(stack.enter_context(running(folder)), folder, "off")
        Path(site.environment["DATA_DIR"]).mkdir(parents=True)
        site.python("manage.py", "migrate", "-v0")
        filled = json.loads(site.python("-m", "bench.fill_rewards", str(size)))
        print(
            f"# {size:,} donors, {filled['donations']:,} donations filled in {filled['seconds']} s",
            flush=True,
        )
        full_run(site, size, filled["donations"])
        nightly_run(site, size)
        certificates(site)


def work(site: Site, name: str, *words: object) -> dict[str, Any]:
    """What one work of bench.rewards_work measured, in a process of its own."""
    found: dict[str, Any] = json.loads(site.python("-m", "bench.rewards_work", name, *map(str, words)))
    return found


def line(*cells: object) -> None:
    print(" | ".join(str(cell) for cell in cells), flush=True)


def full_run(site: Site, size: int, donations: int) -> None:
    """Both once to warm up the pages, then each with empty tables: the yardstick, ours, which stays."""
    work(site, "least")
    work(site, "empty")
    theirs = work(site, "least")
    work(site, "empty")
    ours = work(site, "run")
    if ours["proposed"] != theirs["proposed"]:
        raise SystemExit(f"bench: {ours['proposed']} proposals, the yardstick wrote {theirs['proposed']}")
    line(
        f"rewards full run ({donations:,} donations, {ours['proposed']:,} proposals)",
        size,
        f"{ours['seconds']:.2f} s",
        f"hand-written SQL {theirs['seconds']:.2f} s",
        f"{ours['seconds'] / theirs['seconds']:.2f}× as long (target ≤ 2)",
        f"{ours['queries']}/{theirs['queries']}",
        f"{ours['peak_mb']:.0f}/{theirs['peak_mb']:.0f} (target < 400)",
    )
    again = work(site, "run")
    line(
        "rewards the same run again",
        size,
        f"{again['seconds']:.2f} s",
        f"proposed {again['proposed']}, found {again['found']}",
        "",
        again["queries"],
        f"{again['peak_mb']:.0f}",
    )


def nightly_run(site: Site, size: int) -> None:
    """After a thousand new donations; the yardstick is looking at everybody again."""
    new = work(site, "more", NEW)["donations"]
    ours = work(site, "nightly")
    line(
        f"rewards nightly run after {new:,} new donations ({ours['proposed']} proposals)",
        size,
        f"{ours['seconds']:.2f} s (target < 2)",
        "",
        "",
        ours["queries"],
        f"{ours['peak_mb']:.0f}",
    )


def certificates(site: Site) -> None:
    """Granted with their codes, then one PDF."""
    given = work(site, "grant", CERTIFICATES)
    ours = work(site, "certificates", CERTIFICATES)
    line(
        "rewards certificates in one PDF",
        given["awards"],
        f"{ours['seconds']:.2f} s (target < 20; granting them with codes {given['seconds']:.2f} s)",
        f"{ours['bytes']:,} bytes",
        "",
        ours["queries"],
        f"{ours['peak_mb']:.0f}, and {ours['child_mb']:.0f} of a lot (target < 400)",
    )

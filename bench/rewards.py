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
from bench.rewards_kill import disturbed
from bench.servers import Site, second_database
from redcross.embedded import Addresses, running

SMALL = 20_000
NEW = 1_000
CERTIFICATES = 1_000
MOST_KILLED = 200_000


def measure(size: int | None, rounds: int, seconds: float) -> None:
    """Fill, run both sides, print a line per figure; rounds and seconds have no meaning here."""
    size = size or SMALL
    with tempfile.TemporaryDirectory(prefix="bench-") as name, ExitStack() as stack:
        folder = Path(name)
        servers = stack.enter_context(running(folder))
        site = our_site(servers, folder, "off")
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
        killed(servers, folder, min(size, MOST_KILLED))


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


def killed(servers: Addresses, folder: Path, donors: int) -> None:
    """In a database of its own: workers killed while donations come, beside an undisturbed run."""
    own = folder / "killed"
    site = our_site(second_database(servers, "killed"), own, "off")
    Path(site.environment["DATA_DIR"]).mkdir(parents=True)
    site.python("manage.py", "migrate", "-v0")
    site.python("-m", "bench.fill_rewards", str(donors))
    found = disturbed(site, own, donors)
    if not found.is_equal:
        raise SystemExit(f"bench: a run disturbed ends otherwise: {found}")
    line(
        f"rewards run, workers killed {found.kills} times while {found.coming} donations come",
        donors,
        f"{found.seconds:.0f} s; {found.proposed:,} proposals, each with one entry, no letter twice",
        f"undisturbed {found.alone:.0f} s, the same rows",
        "",
        "",
        "",
    )

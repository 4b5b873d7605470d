"""`evaluations`: a cycle opened, a pay sheet with its Excel, the head's page.

`--size N` is the number of staff (10000 in full, 2000 by default); two hundred of them work in the ward whose
head opens the page. Each work runs in a process of its own on one PostgreSQL.
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

SMALL = 2_000
LOOPED = 500  # rows that the loops over objects write


def measure(size: int | None, rounds: int, seconds: float) -> None:
    """Fill, work, print a line per figure; rounds and seconds have no meaning here."""
    size = size or SMALL
    with tempfile.TemporaryDirectory(prefix="bench-") as name, ExitStack() as stack:
        folder = Path(name)
        site = our_site(stack.enter_context(running(folder)), folder, "off")
        Path(site.environment["DATA_DIR"]).mkdir(parents=True)
        site.python("manage.py", "migrate", "-v0")
        site.python("manage.py", "createcachetable")
        site.python("manage.py", "collectstatic", "--noinput", "-v0")
        site.python("-m", "bench.fill_people", str(size), "72")
        filled = work(site, "fill")
        print(f"# {filled['staff']:,} staff filled in {filled['seconds']:.1f} s", flush=True)
        open_cycle(site, size)
        pay(site, folder, size)
        page(site)


def work(site: Site, name: str, *words: str) -> dict[str, Any]:
    """What one work of bench.evaluations_work measured, in a process of its own."""
    found: dict[str, Any] = json.loads(site.python("-m", "bench.evaluations_work", name, *words))
    return found


def open_cycle(site: Site, size: int) -> None:
    """A form for everybody, with an audit entry each; beside a loop that saves object by object."""
    loop = work(site, "open_one_by_one", str(min(size, LOOPED)))
    ours = work(site, "open_cycle")
    each = loop["loop"] / min(size, LOOPED) * size
    line(
        "evaluations cycle opened",
        size,
        f"{ours['seconds']:.2f} s (target < 5 for 10,000)",
        f"a loop over objects {each:.1f} s (from {min(size, LOOPED)})",
        f"{each / ours['seconds']:.0f}×",
        f"{ours['queries']}/{loop['queries']}",
        f"{ours['peak_mb']:.0f}/{loop['peak_mb']:.0f}",
    )


def pay(site: Site, folder: Path, size: int) -> None:
    """The sheet computed and written as Excel; the same cells by openpyxl's streaming writer."""
    work(site, "make_final")
    ours = work(site, "pay_sheet", str(folder / "ours.xlsx"))
    theirs = work(site, "openpyxl", str(folder / "ours.xlsx"), str(folder / "theirs.xlsx"))
    line(
        "evaluations pay sheet with Excel",
        size,
        f"{ours['seconds']:.2f} s: sheet {ours['sheet']:.2f}, Excel {ours['excel']:.2f}"
        " (target < 10 for 10,000)",
        f"openpyxl writing the same cells {theirs['write']:.2f} s",
        f"{theirs['write'] / ours['excel']:.1f}× for the file",
        f"{ours['queries']}/0",
        f"{ours['peak_mb']:.0f}/{theirs['peak_mb']:.0f}",
    )


def page(site: Site) -> None:
    """The head's page with two hundred people; beside the same rows read object by object."""
    ours, theirs = work(site, "page"), work(site, "page_one_by_one")
    line(
        "evaluations the head's page",
        ours["people"],
        f"p50 {ours['p50']:.0f} ms, p95 {ours['p95']:.0f} ms",
        f"the same rows read one by one p95 {theirs['p95']:.0f} ms",
        f"{theirs['p95'] / ours['p95']:.1f}×",
        f"{ours['queries']}/{theirs['queries']}",
        f"{ours['peak_mb']:.0f}/{theirs['peak_mb']:.0f}",
    )

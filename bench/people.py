"""`people`: the register, a list brought in, a list taken out, at half a million people.

`--size N` is the number of people (500000 in full, 20000 by default); a list brought in has a fifth of that
(at most 100,000 rows), a list taken out at most 30,000. Everything runs on one PostgreSQL, each work in a
process of its own, ours and the yardstick one after the other.
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
MOST_BROUGHT_IN = 100_000
MOST_BY_LIBRARY = 5_000  # rows given to django-import-export; its time grows with them, at least evenly
MOST_TAKEN_OUT = 30_000


def measure(size: int | None, rounds: int, seconds: float) -> None:
    """Fill, work, print a line per figure; rounds and seconds have no meaning here."""
    size = size or SMALL
    units = max(12, size // 500)
    rows = min(MOST_BROUGHT_IN, max(1_000, size // 5))
    with tempfile.TemporaryDirectory(prefix="bench-") as name, ExitStack() as stack:
        folder = Path(name)
        site = our_site(stack.enter_context(running(folder)), folder, "off")
        Path(site.environment["DATA_DIR"]).mkdir(parents=True)
        site.python("manage.py", "migrate", "-v0")
        site.python("manage.py", "createcachetable")
        site.python("manage.py", "collectstatic", "--noinput", "-v0")
        filled = json.loads(site.python("-m", "bench.fill_people", str(size), str(units)))
        print(f"# {size:,} people in {units:,} units filled in {filled['seconds']} s", flush=True)
        read_register(site, size)
        bring_in(site, folder, rows)
        take_out(site, size)


def work(site: Site, name: str, *words: str) -> dict[str, Any]:
    """What one work of bench.people_work measured, in a process of its own."""
    found: dict[str, Any] = json.loads(site.python("-m", "bench.people_work", name, *words))
    return found


def line(*cells: object) -> None:
    print(" | ".join(str(cell) for cell in cells), flush=True)


def read_register(site: Site, size: int) -> None:
    """The page with a search without accents inside a subtree, beside a scan as a plain query does it."""
    for who, words in (("ward", "a ward's officer"), ("city", "the city's officer, one ward chosen")):
        ours = work(site, "register", who)
        theirs = work(site, "scan", who)
        line(
            f"people register, search as {words}",
            size,
            f"p50 {ours['p50']:.0f} ms, p95 {ours['p95']:.0f} ms (target < 100)",
            f"the query alone by accented ILIKE p95 {theirs['p95']:.0f} ms",
            f"{theirs['p95'] / ours['p95']:.1f}×",
            f"{ours['queries']}/1",
            f"{ours['peak_mb']:.0f}/{theirs['peak_mb']:.0f}",
        )


def bring_in(site: Site, folder: Path, rows: int) -> None:
    """A list tried, written, its result made; beside reading it with openpyxl and COPY; beside a library."""
    small, large, few = folder / "small.xlsx", folder / "large.xlsx", folder / "few.xlsx"
    site.python("-m", "bench.people_work", "write", str(small), str(rows // 10), "1")
    site.python("-m", "bench.people_work", "write", str(large), str(rows), "2")
    site.python("-m", "bench.people_work", "write", str(few), str(min(rows, MOST_BY_LIBRARY)), "3")
    tenth = work(site, "import", str(small))
    bare = work(site, "copy", str(large))
    ours = work(site, "import", str(large))
    line(
        "people list brought in (tried and written)",
        rows,
        f"{ours['seconds']:.1f} s (tried {ours['try']:.1f}, written and result {ours['write']:.1f})",
        f"openpyxl and COPY {bare['seconds']:.1f} s",
        f"{ours['seconds'] / bare['seconds']:.1f}× as long (target ≤ 3)",
        f"{ours['queries']}/1",
        f"{ours['peak_mb']:.0f}/{bare['peak_mb']:.0f} (with a tenth of the rows {tenth['peak_mb']:.0f})",
    )
    again = work(site, "import", str(large))
    line(
        "people the same list again",
        rows,
        f"{again['seconds']:.1f} s",
        f"changed {again['changed']}",
        "",
        "",
        "",
    )
    counted = min(rows, MOST_BY_LIBRARY)
    library = work(site, "library", str(few))
    mine = work(site, "import", str(few.with_name("few.xlsx"))) if counted < rows else ours
    line(
        "people list brought in",
        counted,
        f"{mine['seconds'] / counted * 1000:.2f} ms a row at {counted:,}, {ours['seconds'] / rows * 1000:.2f}"
        f" at {rows:,}",
        f"django-import-export 4 {library['seconds'] / counted * 1000:.2f} ms a row",
        f"{library['seconds'] / counted / (ours['seconds'] / rows):.0f}× (target ≥ 10)",
        f"{mine['queries']}/{library['queries']}",
        f"{mine['peak_mb']:.0f}/{library['peak_mb']:.0f}",
    )


def take_out(site: Site, size: int) -> None:
    """An Excel list with every column, beside the same rows written by openpyxl alone."""
    rows = min(size, MOST_TAKEN_OUT)
    ours = work(site, "export", str(rows))
    theirs = work(site, "dump", str(rows))
    line(
        "people list taken out as Excel",
        ours["rows"],
        f"{ours['seconds']:.1f} s (target < 20 for 30,000)",
        f"openpyxl alone, the same cells {theirs['seconds']:.1f} s",
        f"{ours['seconds'] / theirs['seconds']:.1f}× as long",
        f"{ours['queries']}/1",
        f"{ours['peak_mb']:.0f}/{theirs['peak_mb']:.0f}",
    )

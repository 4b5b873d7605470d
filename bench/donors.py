"""`donors`: where every donor stands on a day, pages, a list of donations, at a million donors.

`--size N` is the number of donors (1000000 in full, 20000 by default), with three donations each on average;
a list brought in has three tenths of that (at most 300,000 rows). Everything runs on one PostgreSQL, each
work in a process of its own.
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
SAMPLE = 2_000
MOST_BROUGHT_IN = 300_000


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
        filled = json.loads(site.python("-m", "bench.fill_donors", str(size), str(max(12, size // 1000))))
        told = f"{filled['donors']:,} donors and {filled['donations']:,} donations"
        print(f"# {told} filled in {filled['seconds']} s", flush=True)
        verdicts(site, size)
        counted(site, size)
        for page in ("donor_list", "donor", "drive", "drive_register", "drive_figures", "public_figures"):
            read(site, page, size)
        bring_in(site, folder, min(MOST_BROUGHT_IN, max(1_000, size * 3 // 10)))


def work(site: Site, name: str, *words: str) -> dict[str, Any]:
    """What one work of bench.donors_work measured, in a process of its own."""
    found: dict[str, Any] = json.loads(site.python("-m", "bench.donors_work", name, *words))
    return found


def verdicts(site: Site, size: int) -> None:
    """The twin over all donors, beside the rule donor by donor on a sample, and whether they agree."""
    ours = work(site, "standings")
    counted = work(site, "counted")
    rule = work(site, "rule", str(SAMPLE))
    whole = rule["rule"] / rule["sample"] * size
    line(
        "donors: the verdict of everybody today, streamed",
        size,
        f"{ours['seconds']:.1f} s (counted alone {counted['seconds']:.1f} s) {ours['counts']}",
        f"the rule donor by donor {whole:.0f} s (from {rule['sample']}; {rule['differ']} differ)",
        f"{whole / ours['seconds']:.0f}×",
        f"{ours['queries']}/{rule['queries']}",
        f"{ours['peak_mb']:.0f}/{rule['peak_mb']:.0f}",
    )


def counted(site: Site, size: int) -> None:
    """What the job counts every ten minutes for the figures' pages."""
    ours = work(site, "count")
    told = f"{ours['this']:.1f} s ({ours['years']} years {ours['all']:.1f} s)"
    line(
        "donors: this year's figures counted anew",
        size,
        told,
        "",
        "",
        ours["queries"],
        f"{ours['peak_mb']:.0f}",
    )


def read(site: Site, page: str, size: int) -> None:
    """A page of the desk through every middleware."""
    ours = work(site, "pages", page)
    told = f"p50 {ours['p50']:.0f} ms, p95 {ours['p95']:.0f} ms"
    line(f"donors: page {page}", size, told, "", "", f"{ours['queries']}", f"{ours['peak_mb']:.0f}")


def bring_in(site: Site, folder: Path, rows: int) -> None:
    """A list tried and written, beside a loader that believes every row; then once more."""
    small, large = folder / "small.csv", folder / "large.csv"
    work(site, "write", str(small), str(max(100, rows // 10)), "1")
    work(site, "write", str(large), str(rows), "2")
    tenth = work(site, "import", str(small))
    bare = work(site, "copy", str(large))
    ours = work(site, "import", str(large))
    line(
        "donors: a list of donations brought in",
        rows,
        f"{ours['seconds']:.1f} s (tried {ours['try']:.1f}, written {ours['write']:.1f}) {ours['counts']}",
        f"csv, COPY and bare INSERTs of the same rows {bare['seconds']:.1f} s",
        f"{ours['seconds'] / bare['seconds']:.1f}× as long (written {ours['write'] / bare['seconds']:.1f}×)",
        f"{ours['queries']}/{bare['queries']}",
        f"{ours['peak_mb']:.0f}/{bare['peak_mb']:.0f} (with a tenth of the rows {tenth['peak_mb']:.0f})",
    )
    again = work(site, "import", str(large))
    written = again["counts"].get("written", 0)
    line("donors: the same list again", rows, f"{again['seconds']:.1f} s", f"written {written}", "", "", "")

"""One line per figure."""

from dataclasses import dataclass

HEADING = "work | size | ours | yardstick | ratio | queries ours/yardstick | peak MB ours/yardstick"


@dataclass(frozen=True)
class Speed:
    """Requests per second; in milliseconds: waiting (median, 95th percentile) and CPU a request, of the
    web server and of PostgreSQL: what a busy machine changes least.
    """

    rate: float
    p50: float
    p95: float
    cpu: float
    database: float

    @property
    def all_cpu(self) -> float:
        """Web server and database together."""
        return self.cpu + self.database

    def __str__(self) -> str:
        """For a line: `412/s (p50 19.1, p95 24.0, CPU 2.40 + 0.35 ms)`."""
        cpu = f"CPU {self.cpu:.2f} + {self.database:.2f} ms"
        return f"{self.rate:,.0f}/s (p50 {self.p50:.1f}, p95 {self.p95:.1f}, {cpu})"


@dataclass(frozen=True)
class Cell:
    """What one server did with one kind of page: speed, SQL queries a page, largest memory in MB (PSS)."""

    speed: Speed
    queries: int
    peak_mb: float


def line(work: str, size: int, ours: Cell, yardstick: str, theirs: Cell) -> str:
    """The line of one comparison; the ratio is ours over theirs in requests per second, then in CPU."""
    in_cpu = theirs.speed.all_cpu / ours.speed.all_cpu
    return " | ".join(
        (
            work,
            str(size),
            str(ours.speed),
            f"{yardstick} {theirs.speed}",
            f"{ours.speed.rate / theirs.speed.rate:.1f}× (CPU {in_cpu:.1f}×)",
            f"{ours.queries}/{theirs.queries}",
            f"{ours.peak_mb:.0f}/{theirs.peak_mb:.0f}",
        )
    )

"""One line per figure."""

from dataclasses import dataclass

HEADING = "work | size | ours | yardstick | ratio | queries ours/yardstick | peak MB ours/yardstick"


@dataclass(frozen=True)
class Speed:
    """Requests per second; in milliseconds: waiting (median, 95th percentile) and the server's CPU a request.

    The CPU is what a busy machine changes least.
    """

    rate: float
    p50: float
    p95: float
    cpu: float

    def __str__(self) -> str:
        """For a line: `412/s (p50 19.1, p95 24.0, CPU 2.40 ms)`."""
        return f"{self.rate:,.0f}/s (p50 {self.p50:.1f}, p95 {self.p95:.1f}, CPU {self.cpu:.2f} ms)"


@dataclass(frozen=True)
class Cell:
    """What one server did with one kind of page: speed, SQL queries a page, largest memory in MB (PSS)."""

    speed: Speed
    queries: int
    peak_mb: float


def line(work: str, size: int, ours: Cell, yardstick: str, theirs: Cell) -> str:
    """The line of one comparison; the ratio is ours over theirs in requests per second."""
    return " | ".join(
        (
            work,
            str(size),
            str(ours.speed),
            f"{yardstick} {theirs.speed}",
            f"{ours.speed.rate / theirs.speed.rate:.1f}×",
            f"{ours.queries}/{theirs.queries}",
            f"{ours.peak_mb:.0f}/{theirs.peak_mb:.0f}",
        )
    )

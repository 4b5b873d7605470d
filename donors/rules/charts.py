"""Bars of a chart in the units of its drawing: 640 by 220, nothing inside but arithmetic."""

from collections.abc import Sequence
from dataclasses import dataclass

WIDTH, HEIGHT, FOOT, TOP = 640, 220, 30, 18


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar: where it stands, how high, its label and value; a hidden one has no height."""

    label: str
    value: str
    x: float
    y: float
    width: float
    height: float
    middle: float


@dataclass(frozen=True, slots=True)
class Chart:
    bars: list[Bar]
    line: str  # points of the polyline of the target, "" without one
    base: int = HEIGHT - FOOT
    width: int = WIDTH
    height: int = HEIGHT


def bar_chart(rows: Sequence[tuple[str, int | None]], line: Sequence[float] = ()) -> Chart:
    """Bars of the values (None: not shown), and a line through the same columns on the same scale."""
    most = max([n or 0 for _label, n in rows] + [*line, 1])
    step = WIDTH / max(len(rows), 1)
    scale = (HEIGHT - FOOT - TOP) / most
    base = HEIGHT - FOOT
    bars = []
    for place, (label, n) in enumerate(rows):
        high = round((n or 0) * scale, 1)
        x = round(place * step + step * 0.15, 1)
        value = "<" if n is None else f"{n:,}".replace(",", ".")
        middle = round(place * step + step / 2, 1)
        bars.append(Bar(label, value, x, round(base - high, 1), round(step * 0.7, 1), high, middle))
    points = " ".join(
        f"{round(place * step + step / 2, 1)},{round(base - n * scale, 1)}" for place, n in enumerate(line)
    )
    return Chart(bars, points)

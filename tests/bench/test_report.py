"""What a line of the bench says, and that both sides are given the same content."""

from bench.content import MARKER, article, articles
from bench.report import Cell, Speed, line


def test_a_line_names_both_sides_and_their_ratio() -> None:
    ours = Cell(Speed(1200.4, 6.04, 9.96, 0.6, 0.2), 2, 90.4)
    theirs = Cell(Speed(300.1, 24.0, 30.0, 3.0, 0.6), 9, 131.6)
    assert line("news article, uncached", 30, ours, "Wagtail", theirs) == (
        "news article, uncached | 30 | 1,200/s (p50 6.0, p95 10.0, CPU 0.60 + 0.20 ms) | "
        "Wagtail 300/s (p50 24.0, p95 30.0, CPU 3.00 + 0.60 ms) | 4.0× (CPU 4.5×) | 2/9 | 90/132"
    )


def test_articles_follow_from_their_number() -> None:
    assert articles(3) == [article(1), article(2), article(3)]
    assert len({one.slug for one in articles(30)}) == 30
    assert article(7).body.endswith(f"<p>{MARKER} 7.</p>")
    assert article(7).body.count("<p>") == 10

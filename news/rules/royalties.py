"""Royalties of a month: each piece by the rate in force on the day it appeared, summed by who made it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from news.enums import Piece


@dataclass(frozen=True, slots=True)
class Rate:
    """Đồng for a piece from `first` to before `end` (None: still in force)."""

    piece: str
    first: date
    end: date | None
    amount: int
    words_from: int
    confirmed: bool


@dataclass(frozen=True, slots=True)
class Made:
    """A piece that appeared on a day; `is_text` with its words, else a picture or a video."""

    author: str
    title: str
    on: date
    piece: str
    words: int = 0


@dataclass(frozen=True, slots=True)
class Line:
    """A piece with its amount; None where no rate is in force."""

    author: str
    title: str
    on: date
    piece: str
    amount: int | None
    confirmed: bool


def lines_of(made: Iterable[Made], rates: Sequence[Rate]) -> list[Line]:
    """One line a piece, by author, then day. A text is an article or news by its words."""
    lines = []
    for one in made:
        piece = one.piece
        if piece == Piece.ARTICLE:
            article = _in_force(rates, Piece.ARTICLE, one.on)
            if article is not None and one.words < article.words_from:
                piece = Piece.NEWS
        rate = _in_force(rates, piece, one.on)
        amount, confirmed = (rate.amount, rate.confirmed) if rate else (None, False)
        lines.append(Line(one.author, one.title, one.on, piece, amount, confirmed))
    return sorted(lines, key=lambda line: (line.author.casefold(), line.on, line.title))


def _in_force(rates: Sequence[Rate], piece: str, on: date) -> Rate | None:
    fitting = (r for r in rates if r.piece == piece and r.first <= on and (r.end is None or on < r.end))
    return next(fitting, None)

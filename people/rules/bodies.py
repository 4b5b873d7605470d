"""Bodies and how papers are signed in their name.

Source: Decree 30/2020/NĐ-CP, Annex I, block 7a: TM. before the body's name; a deputy, also one
in charge ("phụ trách"), signs as KT. of the head's post.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache

from foundation.dated import in_force, load_table

DEPUTY = "Phó "


@dataclass(frozen=True, slots=True)
class BodyRule:
    """A kind of body: its names on paper, its posts in order of rank."""

    name: str
    provisional_name: str
    posts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Sitting:
    """Who sits in a body on a day: the person's id, the post as written, the order, in charge or not."""

    person_id: int
    post: str
    rank: int
    is_acting: bool = False


@cache
def body_rules(on: date) -> dict[str, BodyRule]:
    """Every kind of body by its code, as in force on the day."""
    entry = in_force(load_table("people", "bodies"), on)
    return {
        code: BodyRule(row["name"], row["provisional_name"], tuple(row["posts"]))
        for code, row in entry.values.items()
    }


def rank_of(kind: str, post: str, on: date) -> int:
    """The post's place in its body, 1 for the head; 50 for a post the table does not name."""
    posts = body_rules(on)[kind].posts
    return posts.index(post) + 1 if post in posts else 50


def is_deputy(post: str) -> bool:
    """True for "Phó …"."""
    return post.startswith(DEPUTY)


def head_of(deputy_post: str) -> str:
    """The post a deputy stands in for: "Phó Chủ tịch" gives "Chủ tịch"."""
    post = deputy_post.removeprefix(DEPUTY)
    return post[:1].upper() + post[1:]


def signer_among(sitting: Sequence[Sitting]) -> Sitting | None:
    """Who signs: the head; in a vacancy who is in charge; else the first by rank. None if nobody sits."""
    if not sitting:
        return None
    ordered = sorted(sitting, key=lambda seat: (seat.rank, seat.person_id))
    if not is_deputy(ordered[0].post) and ordered[0].rank == 1:
        return ordered[0]
    return next((seat for seat in ordered if seat.is_acting), ordered[0])


def signing_lines(post: str, body_name: str = "") -> tuple[str, ...]:
    """The lines above a signature: TM. the body (if it signs in its name), KT. for a deputy, the post."""
    lines = [f"TM. {body_name.upper()}"] if body_name else []
    if is_deputy(post):
        lines.append(f"KT. {head_of(post).upper()}")
    return (*lines, post.upper())

"""The lines above a signature: in whose name, in what post (Decree 30/2020/NĐ-CP, Annex I, II.7)."""

from papers.enums import Capacity
from people.rules.bodies import head_of, is_deputy


def capacity_lines(capacity: str, post: str, on_behalf_of: str = "") -> tuple[str, ...]:
    """The lines as they stand, before capitals: ("KT. Chủ tịch", "Phó Chủ tịch").

    `on_behalf_of` is the body (TM.) or the head (KT., TL., TUQ.) in whose name it is signed.
    A deputy signs in a body's name as KT. of its head: three lines.
    A deputy in charge ("phụ trách") signs as a deputy for the head: no "phụ trách" stands there.
    """
    post = " ".join(post.split())
    other = " ".join(on_behalf_of.split())
    match Capacity(capacity):
        case Capacity.HEAD:
            return (post,)
        case Capacity.FOR_BODY:
            return (
                (f"TM. {other}", f"KT. {head_of(post)}", post) if is_deputy(post) else (f"TM. {other}", post)
            )
        case Capacity.ACTING:
            return (f"Q. {post}",)
        case Capacity.DEPUTY | Capacity.IN_CHARGE:
            return (f"KT. {other}", without_in_charge(post))
        case Capacity.BY_ORDER:
            return (f"TL. {other}", post)
        case Capacity.AUTHORISED:
            return (f"TUQ. {other}", post)


def without_in_charge(post: str) -> str:
    """ "Phó Chủ tịch phụ trách" signs as "Phó Chủ tịch"."""
    words = post.split()
    if [word.casefold() for word in words[-2:]] == ["phụ", "trách"]:
        words = words[:-2]
    return " ".join(words)


def needs_other(capacity: str) -> bool:
    """True if the capacity names a body or a head besides the signer's own post."""
    return capacity not in {Capacity.HEAD, Capacity.ACTING}

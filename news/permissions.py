"""Who may write and publish."""

from ledger.actor import Actor
from news.enums import PUBLIC_ONCE
from news.models import Album, Post
from people.permissions import may


def may_edit(by: Actor, post: Post) -> bool:
    """Writers of the unit change what is not public; what was published, only its publishers."""
    return may(by, right_to_edit(post), post.unit_id)


def may_publish(by: Actor, post: Post) -> bool:
    return may(by, "news.publish", post.unit_id)


def may_review(by: Actor, post: Post) -> bool:
    return may(by, "news.review", post.unit_id)


def right_to_edit(post: Post) -> str:
    """The right that a change of this post asks."""
    return "news.publish" if post.state in PUBLIC_ONCE else "news.write"


def right_to_edit_album(album: Album) -> str:
    """The right that a change of this album asks."""
    return "news.publish" if album.is_on_site else "news.write"


def may_edit_album(by: Actor, album: Album) -> bool:
    return may(by, right_to_edit_album(album), album.unit_id)


def right_to_remove(*, is_open: bool) -> str:
    """The right that removing a file of a post asks; `is_open`: readers have it."""
    return "news.publish" if is_open else "news.write"

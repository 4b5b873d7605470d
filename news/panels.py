"""What this app shows on pages of the roof."""

from collections.abc import Iterable

from foundation.queue import Figure, QueueItem
from ledger.actor import Actor


def queue(by: Actor) -> Iterable[QueueItem]:
    """What waits for this officer, in any order."""
    return ()


def figures(by: Actor) -> Iterable[Figure]:
    """Numbers of this officer's units."""
    return ()

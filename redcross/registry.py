"""What the apps offer to the roof's pages, in floor order."""

from collections.abc import Callable, Iterable

from foundation.queue import Figure, QueueItem
from ledger.actor import Actor
from letters import panels as letters
from news import panels as news
from people import panels as people

QUEUES: tuple[Callable[[Actor], Iterable[QueueItem]], ...] = (news.queue, people.queue, letters.queue)
FIGURES: tuple[Callable[[Actor], Iterable[Figure]], ...] = (news.figures, people.figures, letters.figures)

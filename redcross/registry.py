"""What the apps offer to the roof's pages, in floor order."""

from collections.abc import Callable, Iterable, Iterator

from django.db import transaction

from foundation.held import Held
from foundation.queue import Figure, QueueItem
from ledger.actor import Actor
from letters import panels as letters
from news import panels as news
from people import hooks as people_hooks
from people import panels as people
from people.models import Person

QUEUES: tuple[Callable[[Actor], Iterable[QueueItem]], ...] = (news.queue, people.queue, letters.queue)
FIGURES: tuple[Callable[[Actor], Iterable[Figure]], ...] = (news.figures, people.figures, letters.figures)
# Apps that hold something about a person, the lowest floor first.
PERSON_HOOKS = (people_hooks,)


def held_about(person: Person) -> Iterator[Held]:
    """What every app holds about a person."""
    for hooks in PERSON_HOOKS:
        yield from hooks.personal_data(person)


@transaction.atomic
def forget_everywhere(by: Actor, person: Person) -> None:
    """Every app forgets the person, the highest floor first, all or nothing."""
    for hooks in reversed(PERSON_HOOKS):
        hooks.forget_person(by, person)

"""What the apps offer to the roof's pages, in floor order."""

from collections.abc import Callable, Iterable, Iterator

from django.db import transaction

from donors import hooks as donors_hooks
from donors import panels as donors
from evaluations import hooks as evaluations_hooks
from evaluations import panels as evaluations
from foundation.held import Held
from foundation.queue import Figure, QueueItem
from ledger.actor import Actor
from letters import panels as letters
from members import hooks as members_hooks
from members import panels as members
from news import panels as news
from papers import hooks as papers_hooks
from papers import panels as papers
from people import hooks as people_hooks
from people import panels as people
from people.actions.merges import merge_people
from people.models import Merge, Person
from rewards import hooks as rewards_hooks
from rewards import panels as rewards

QUEUES: tuple[Callable[[Actor], Iterable[QueueItem]], ...] = (
    donors.queue,
    members.queue,
    evaluations.queue,
    news.queue,
    news.documents,
    news.good_examples,
    papers.queue,
    rewards.queue,
    people.queue,
    letters.queue,
)
FIGURES: tuple[Callable[[Actor], Iterable[Figure]], ...] = (
    members.figures,
    news.figures,
    papers.figures,
    rewards.figures,
    people.figures,
    letters.figures,
)
# Kinds of approval that are decided on a page of their own (an address that takes the approval's pk):
# there the upper app's action calls decide() in its own transaction. Others are decided where they stand.
APPROVAL_PAGES: dict[str, str] = {
    "body.recognise": "body_recognition",
    "members.opinion": "application_approval",
    "members.meeting": "application_approval",
    "members.transfer": "transfer_approval",
    "members.report": "life_report",
    "dues.remittance": "dues_confirm",
    "dues.removals": "dues_removals_decide",
}
# Apps that hold something about a person, the lowest floor first.
PERSON_HOOKS = (people_hooks, papers_hooks, members_hooks, donors_hooks, evaluations_hooks, rewards_hooks)


def held_about(person: Person) -> Iterator[Held]:
    """What every app holds about a person."""
    for hooks in PERSON_HOOKS:
        yield from hooks.personal_data(person)


@transaction.atomic
def forget_everywhere(by: Actor, person: Person) -> None:
    """Every app forgets the person, the highest floor first, all or nothing."""
    for hooks in reversed(PERSON_HOOKS):
        hooks.forget_person(by, person)


def merge_everywhere(by: Actor, kept: Person, absorbed: Person) -> Merge:
    """One record takes over another, with what every app attached to it, the lowest floor first."""
    absorbers = [hooks.absorb_person for hooks in PERSON_HOOKS]
    return merge_people(by=by, kept=kept, absorbed=absorbed, absorbers=absorbers)

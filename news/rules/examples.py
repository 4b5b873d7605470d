"""What a good example still lacks before it may be proposed or shown."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from foundation.refusal import Reason
from news.enums import ExampleState
from news.rules.publishing import CoverFacts, missing_proof

LEAST_WORDS = 50
PROPOSE, APPROVE = "example.propose", "example.approve"


@dataclass(frozen=True, slots=True)
class ExampleFacts:
    """What the rules ask about an example."""

    title: str
    name: str
    summary: str
    story: str
    names_person: bool
    consent: str
    pictures: tuple[CoverFacts, ...] = ()


def missing_in_example(facts: ExampleFacts) -> list[Reason]:
    """Every reason why it may not be shown yet, with the field it concerns."""
    reasons = []
    if not facts.summary.strip():
        reasons.append(Reason(_("Sum it up in two sentences."), field="summary"))
    if len(facts.story.split()) < LEAST_WORDS:
        reasons.append(
            Reason(
                _("Tell the story in at least %(least)d words: what was done, how, what came of it.")
                % {"least": LEAST_WORDS},
                field="story",
            )
        )
    if facts.names_person and not facts.consent.strip():
        reasons.append(
            Reason(
                _("Name the paper on which the person has agreed to be shown: name, story, pictures."),
                field="consent",
            )
        )
    for picture in facts.pictures:
        reasons += [Reason(one.text, one.citation, "pictures") for one in missing_proof(picture)]
    return reasons


def right_to_change(state: str) -> str:
    """The right that a change asks: what waits for the level above, or was shown, is the level's."""
    return PROPOSE if state in {ExampleState.DRAFT, ExampleState.RETURNED} else APPROVE

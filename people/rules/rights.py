"""What the law says of consents, requests and keeping: read from the tables."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from foundation.dated import NoRule, in_force, load_table
from foundation.dates import add_working_days


@dataclass(frozen=True, slots=True)
class ConsentText:
    """What a person agrees to for one purpose, in the words in force since `version`."""

    purpose: str
    title: str
    text: str
    data: str
    version: date
    citation: str


@dataclass(frozen=True, slots=True)
class Clock:
    """Answer by, carry out by; what that rests on, and whether both terms are confirmed."""

    answer_by: date
    done_by: date
    citation: str
    confirmed: bool


def consent_texts(on: date) -> dict[str, ConsentText]:
    """The wordings in force on the day, by purpose."""
    entry = in_force(load_table("people", "consents"), on)
    return {
        purpose: ConsentText(
            purpose, row["title"], row["text"], row["data"], entry.effective_from, entry.citation
        )
        for purpose, row in entry.values.items()
    }


def consent_title(purpose: str, version: date) -> str:
    """What a purpose was called in a version; its code where the version is unknown."""
    try:
        return consent_texts(version)[purpose].title
    except (NoRule, KeyError):
        return purpose


def clock(kind: str, asked_on: date) -> Clock:
    """The term of a request: working days to answer, calendar days to carry out."""
    cited = in_force(load_table("people", "data_requests"), asked_on).cited
    answer, done = cited["answer_working_days"], cited[kind]
    return Clock(
        add_working_days(asked_on, answer.value),
        asked_on + timedelta(days=done.value),
        done.citation,
        answer.confirmed and done.confirmed,
    )


def what_stays(on: date) -> list[str]:
    """Sentences: what an erasure leaves, and by which law."""
    stays: Mapping[str, Mapping[str, str]] = in_force(load_table("people", "data_requests"), on).values[
        "stays"
    ]
    return [f"{row['words']} ({row['citation']})" for row in stays.values()]


def term(name: str, on: date) -> int:
    """A term of the retention table on the day, such as "export_file_days"."""
    value: int = in_force(load_table("people", "retention"), on).values[name]
    return value

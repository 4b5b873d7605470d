"""What a channel is: it takes one message at a time and says honestly what became of it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Message:
    """What is handed over. `key` is the same for every try, so a channel can make its own mark of it."""

    pk: int
    key: str
    address: str
    recipient_name: str
    subject: str
    body: str
    created_at: datetime


class Trouble(Exception):
    """What a channel says when it did not deliver: a short code, never an address or a text."""

    def __init__(self, code: str) -> None:
        self.code = code[:60]
        super().__init__(self.code)


class Away(Trouble):
    """The channel itself cannot be used now; this letter was not tried."""


class NotNow(Trouble):
    """This letter was not taken now; another try may help."""


class NeverTaken(Trouble):
    """This letter is refused for good."""


class NoAnswer(Trouble):
    """The hand-over was begun and nobody said whether it was taken."""


class Channel(Protocol):
    """One way to reach people. One object serves one sweep, letter after letter."""

    def normal(self, address: str) -> str:
        """The address as this channel writes it; ValueError for one that cannot be right."""
        ...

    def hand_over(self, message: Message, begin: Callable[[], None]) -> None:
        """Come back when the message was taken, else raise Away, NotNow, NeverTaken or NoAnswer.

        Do all that can be done without delivering; call `begin()` once, just before the step that
        cannot be taken back; then take that step. When `begin` raises, deliver nothing and let it pass.
        """
        ...

    def has_taken(self, message: Message) -> bool | None:
        """Whether a message, of which no answer is known, was taken; None if the channel cannot tell."""
        ...

    def close(self) -> None:
        """Let go of what is held open; never raises."""
        ...

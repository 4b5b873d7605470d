"""Letters for tests."""

from itertools import count
from typing import Any

from ledger.actor import Actor
from ledger.models import User
from letters.actions import enqueue
from letters.models import Letter
from people.actors import system_actor

# Goes out at any hour, and holds nothing secret; the other two wait for the day, and hold a code.
URGENT, CALM, SECRET = "account.exists", "letters.trial", "account.confirm_email"
CODE = "482-913"
_numbers = count(1)


def letter(
    address: str = "",
    *,
    by: Actor | None = None,
    template: str = URGENT,
    name: str = "Trương Thị An (mẫu)",
    channel: str = "email",
    unit_code: str = "",
    user: User | None = None,
    **fields: Any,
) -> Letter:
    """A waiting letter of a key of its own, to an address of its own unless one is given."""
    number = next(_numbers)
    made = enqueue(
        by=by or system_actor(),
        template=template,
        key=f"test:{number}",
        address=address or f"nguoi-{number}@example.org",
        context={"number": number, "name": name, "url": "https://example.org/", "code": CODE},
        user=user,
        channel=channel,
        recipient_name=name,
        unit_code=unit_code,
    )
    if fields:
        Letter.objects.filter(pk=made.pk).update(**fields)
        made.refresh_from_db()
    return made

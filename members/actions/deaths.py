"""What a death stops beside the membership: a transfer that waits, the account, every letter not sent yet."""

from dataclasses import replace

from django.utils.translation import gettext as _

from ledger.actor import Actor
from letters.actions.stopping import stop_letters
from members.actions.transfers import cancel_transfer
from members.enums import TransferState
from members.models import Membership
from people.models import Person


def drop_transfer(by: Actor, membership: Membership) -> None:
    """A transfer that waits is taken back: nobody moves any more."""
    for transfer in membership.transfers.filter(state=TransferState.WAITING):
        cancel_transfer(by=replace(by, is_system=True), transfer=transfer, reason=_("The member has died."))
        membership.refresh_from_db()


def close_account(by: Actor, person: Person) -> list[dict[str, object]]:
    """Nobody signs in as the person, no letter goes out. What was changed, for an undo."""
    stop_letters(by=by, user=person.user, address=person.email)
    user = person.user
    if user is None or not user.is_active:
        return []
    user.is_active = False
    user.save(update_fields=["is_active"])
    return [{"account": user.pk}]

"""Consents: given in the words of the day, withdrawn at any time, never deleted (Law 91/2025, Art. 9, 10)."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from foundation.refusal import Refused
from ledger.actor import Actor
from ledger.audit import record
from people.models import Consent, Person
from people.permissions import acting_for_self
from people.rules.rights import consent_texts

CHANNEL = "portal"


@transaction.atomic
def give_consent(*, by: Actor, person: Person, purpose: str) -> Consent:
    """The person agrees to one purpose in the wording in force today; asked again, the open one stays."""
    acting_for_self(by, person)
    person = Person.objects.select_for_update().get(pk=person.pk)
    text = consent_texts(by.on).get(purpose)
    if text is None:
        raise Refused([_("This consent is not asked for any more.")])
    held = Consent.objects.filter(person=person, purpose=purpose, withdrawn_at=None).first()
    if held is not None and held.text_version == text.version:
        return held
    if held is not None:
        held.withdrawn_at = timezone.now()
        held.save(update_fields=["withdrawn_at"])
    consent = Consent(person=person, purpose=purpose, text_version=text.version, channel=CHANNEL)
    consent.full_clean()
    consent.save()
    record(
        by=by,
        act="people.give_consent",
        subject=person,
        after={"purpose": purpose, "text_version": text.version},
    )
    return consent


@transaction.atomic
def withdraw_consent(*, by: Actor, person: Person, purpose: str) -> Consent:
    """The consent ends now; what was done before stays lawful (Art. 10(4))."""
    acting_for_self(by, person)
    held = (
        Consent.objects.select_for_update().filter(person=person, purpose=purpose, withdrawn_at=None).first()
    )
    if held is None:
        raise Refused([_("There is no such consent to withdraw.")])
    held.withdrawn_at = timezone.now()
    held.save(update_fields=["withdrawn_at"])
    record(by=by, act="people.withdraw_consent", subject=person, after={"purpose": purpose})
    return held

"""What people gives the roof about a person: what is held, forgetting it, taking over a double."""

from collections.abc import Iterator

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from foundation.held import Held
from ledger.actor import Actor
from letters.queries import letters_to
from people.actions.absorbing import Note
from people.actions.forgetting import forget_person as erase
from people.actions.merges import absorb_rows
from people.models import Person
from people.queries.exports import national
from people.queries.rights import consents_of, sightings_of
from people.sealing import unseal

EVERYTHING = 100_000


def personal_data(person: Person) -> Iterator[Held]:
    """All that people, letters and ledger hold about the person, in words."""
    yield Held(
        "person",
        _("Your record"),
        _source(person),
        _("Running the chapter's records (Charter)"),
        _record(person),
    )
    yield Held(
        "contacts",
        _("Contacts and identity"),
        _source(person),
        _("Reaching you; telling you from others of the same name"),
        [
            *((_("Phone"), national(phone.number)) for phone in person.phones.order_by("pk")),
            *(
                (str(row.get_kind_display()).capitalize(), "•••• " + unseal(row.sealed, row.key_version)[-4:])
                for row in person.identity_numbers.order_by("kind")
            ),
        ],
    )
    yield Held(
        "belongings",
        _("Units you belong to"),
        _("Decisions and records of the units"),
        _("Running the chapter's records (Charter)"),
        [
            (
                row.unit.name,
                f"{str(row.get_kind_display()).capitalize()}, {_period(row.during.lower, row.during.upper)}",
            )
            for row in person.belongings.select_related("unit").order_by("during")
        ],
    )
    yield Held(
        "offices",
        _("Offices"),
        _("Decisions of the chapter"),
        _("Duties of the office"),
        [
            (str(row.get_office_display()).capitalize(), f"{row.unit.name}; {row.reason}")
            for row in person.offices.select_related("unit")
        ],
    )
    yield Held(
        "consents",
        _("Consents"),
        _("Given by you"),
        _("Law 91/2025/QH15, Article 9"),
        [
            (title, _given(row.given_at) + (f"; {_withdrawn(row.withdrawn_at)}" if row.withdrawn_at else ""))
            for title, row in consents_of(person)
        ],
    )
    if person.user is not None:
        yield Held(
            "letters",
            pgettext("people", "Letters"),
            _("Sent by the portal"),
            _("Telling you what concerns you"),
            [
                (f"{timezone.localtime(row.created_at):%d/%m/%Y}", row.subject)
                for row in letters_to(person.user)
            ],
        )
    yield Held(
        "sightings",
        _("Who has seen your record"),
        _("Written by the portal"),
        _("Law 91/2025/QH15, Article 4"),
        [
            (
                f"{timezone.localtime(row.at):%H:%M %d/%m/%Y}",
                "; ".join(filter(None, (row.what, row.office, row.unit, row.reason))),
            )
            for row in sightings_of(person, EVERYTHING)
        ],
    )


def forget_person(by: Actor, person: Person) -> None:
    """Pseudonymise the record, close the login, empty the letters."""
    erase(by=by, person=person)


def absorb_person(kept: Person, absorbed: Person) -> list[Note]:
    """Everything people holds about the absorbed record goes to the kept one; the notes undo it."""
    return absorb_rows(kept, absorbed)


def _record(person: Person) -> list[tuple[str, str]]:
    born = f"{person.birth_date:%d/%m/%Y}" if person.birth_date else str(person.birth_year or "")
    rows = [
        (_("Full name"), person.full_name),
        (_("Sex"), str(person.get_sex_display())),
        (_("Date or year of birth"), born),
        (_("E-mail"), person.email),
        (_("Address as given"), person.address),
        (_("Note"), person.note),
        (_("Login name"), person.user.username if person.user else ""),
        (_("E-mail of the account"), person.user.email if person.user else ""),
        (_("Phone of the account"), person.user.phone if person.user else ""),
        (_("Entered on"), f"{timezone.localtime(person.created_at):%d/%m/%Y}"),
    ]
    return [(label, value) for label, value in rows if value]


def _source(person: Person) -> str:
    causes = set(person.belongings.values_list("cause", flat=True))
    if any(cause.startswith("import:") for cause in causes):
        return _("A list brought in by your unit")
    return _("Entered by your unit, or by you when signing up")


def _period(first: object, after: object) -> str:
    begun = _("since %(day)s") % {"day": f"{first:%d/%m/%Y}"}
    return begun if after is None else begun + " " + _("until before %(day)s") % {"day": f"{after:%d/%m/%Y}"}


def _given(at: object) -> str:
    return _("given %(day)s") % {"day": f"{at:%d/%m/%Y}"}


def _withdrawn(at: object) -> str:
    return _("withdrawn %(day)s") % {"day": f"{at:%d/%m/%Y}"}

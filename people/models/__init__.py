"""Persons, units, offices, and what belongs to them."""

from people.models.acts import UnitAct, UnitActLine, UnitName
from people.models.approvals import Approval, ApprovalEvent
from people.models.batches import Export, ImportBatch, ImportRow, Merge, Pair
from people.models.belonging import Belonging
from people.models.bodies import Body, Seat
from people.models.codes import SignInCode
from people.models.contacts import IdentityNumber, Phone
from people.models.offices import OfficeGrant
from people.models.persons import Person
from people.models.rights import Consent, DataRequest, Sighting
from people.models.units import Unit, UnitCover, UnitLink

__all__ = [
    "Approval",
    "ApprovalEvent",
    "Belonging",
    "Body",
    "Consent",
    "DataRequest",
    "Export",
    "IdentityNumber",
    "ImportBatch",
    "ImportRow",
    "Merge",
    "OfficeGrant",
    "Pair",
    "Person",
    "Phone",
    "Seat",
    "Sighting",
    "SignInCode",
    "Unit",
    "UnitAct",
    "UnitActLine",
    "UnitCover",
    "UnitLink",
    "UnitName",
]

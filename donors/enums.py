"""Stable codes of donors, donations and drives."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Group(models.TextChoices):
    """ABO group; empty where it is not known."""

    O = "O", "O"  # noqa: E741
    A = "A", "A"
    B = "B", "B"
    AB = "AB", "AB"


class Rhesus(models.TextChoices):
    POSITIVE = "+", "Rh+"
    NEGATIVE = "-", "Rh−"


class GroupKnown(models.TextChoices):
    """How a blood group is known."""

    FACILITY = "facility", _("told by the collecting facility")
    CARD = "card", _("read from a donor card or certificate")
    SAID = "said", _("told by the donor")


class Component(models.TextChoices):
    WHOLE_BLOOD = "whole_blood", _("whole blood")
    RED_CELLS = "red_cells", _("red cells by apheresis")
    PLATELETS = "platelets", _("platelets by apheresis")
    PLASMA = "plasma", _("plasma by apheresis")
    GRANULOCYTES = "granulocytes", _("granulocytes by apheresis")


class DonationKind(models.TextChoices):
    """Only voluntary donations count for honours."""

    VOLUNTARY = "voluntary", _("voluntary")
    FAMILY = "family", _("for a family member")
    PAID = "paid", pgettext_lazy("donors", "paid")


class DonationState(models.TextChoices):
    RECORDED = "recorded", _("recorded, not yet confirmed")
    CONFIRMED = "confirmed", _("confirmed")
    VOIDED = "voided", _("voided")


class Source(models.TextChoices):
    """How the portal learnt of a donation."""

    DRIVE = "drive", _("entered at a drive")
    OFFICER = "officer", _("entered by an officer")
    IMPORT = "import", _("read from a list")
    DECLARED = "declared", _("declared by the donor")
    CARRIED = "carried", _("carried over by a confirmation")


class DriveState(models.TextChoices):
    PLANNED = "planned", _("planned")
    OPEN = "open", _("open for sign-up")
    RUNNING = "running", pgettext_lazy("donors", "running")
    CLOSED = "closed", _("closed, list not reconciled")
    RECONCILED = "reconciled", _("reconciled with the facility")
    CANCELLED = "cancelled", _("cancelled")


# Rights (people/tables/offices.toml).
SEE = "donor.see"
ENTER = "donor.enter"
CONFIRM = "donor.confirm"
RULES = "donor.rules"


class SignUpState(models.TextChoices):
    """A place at a drive: held, waited for, or given back."""

    SEATED = "seated", _("has a seat")
    WAITING = "waiting", _("on the waiting list")
    CANCELLED = "cancelled", _("given back")


DRIVE_SEE = "drive.see"
DRIVE_MANAGE = "drive.manage"

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


class Availability(models.TextChoices):
    """How a donor stands in the register today; eligible is not available, so "free" asks for both."""

    READY = "san-sang", _("ready to be called")
    RARE = "mau-hiem", _("in the rare-blood list")
    FREE = "het-han", _("no dated rule against giving today")
    AWAY = "tam-nghi", _("not available at present")


class RowDecision(models.TextChoices):
    """What an officer decided on a doubtful row of a list."""

    PERSON = "person", _("this person")
    NEW = "new", _("a new person")
    SKIP = "skip", _("left out")


class Subject(models.TextChoices):
    """What a place may ask beyond the law."""

    LEAST_KG_FEMALE = "least_kg_female", _("least weight of women (kg)")
    LEAST_KG_MALE = "least_kg_male", _("least weight of men (kg)")


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


class CheckInState(models.TextChoices):
    COUNTED = "counted", _("counted")
    CONFLICT = "conflict", _("to be looked at")
    DROPPED = "dropped", _("not counted")


class Conflict(models.TextChoices):
    """Why an entry of a device is not counted before somebody has looked."""

    TWICE = "twice", _("checked in already, on another device or before")
    ALIKE = "alike", _("looks like somebody who has come already")
    ON_LIST = "on_list", _("looks like somebody on the list: count that place, not a new person")
    GIVEN_BACK = "given_back", _("this place was given back")
    OTHER = "other", _("no place at this drive")
    DAY = "day", _("the device says another day than the drive's")
    LATE = "late", _("sent after the drive was reconciled or cancelled")
    REVOKED = "revoked", _("sent by a device that was revoked")


class RowState(models.TextChoices):
    """A line of the facility's list against ours."""

    SAME = "same", _("stands on both lists")
    VOLUME = "volume", _("another volume than ours")
    TWICE = "twice", _("a serial that stands twice on their list")
    UNSURE = "unsure", _("more than one of ours could be meant")
    MISSING = "missing", _("not on our list")
    SETTLED = "settled", _("settled by an officer")


class NoticeKind(models.TextChoices):
    AGAIN = "again", _("may give again")
    TOMORROW = "tomorrow", _("drive tomorrow")
    THANKS = "thanks", _("thanks for giving")
    CANCELLED = "cancelled", _("drive cancelled")
    CALL = "call", _("call-up")


class CallState(models.TextChoices):
    DRAFT = "draft", pgettext_lazy("donors", "draft")
    SENDING = "sending", pgettext_lazy("donors", "being sent")
    DONE = "done", pgettext_lazy("donors", "sent")
    STOPPED = "stopped", pgettext_lazy("donors", "stopped")


class DrivePaperKind(models.TextChoices):
    """The papers of a drive; the seventh, the post for the newsroom, is ready words and no paper."""

    PLAN = "plan", _("plan")
    INVITATION = "invitation", _("invitation")
    DUTIES = "duties", _("division of duties")
    LIST = "list", _("list of donors")
    MINUTES = "minutes", _("minutes with the facility")
    REPORT = "report", _("report of results")


DRIVE_SEE = "drive.see"
DRIVE_MANAGE = "drive.manage"
DRIVE_TARGET = "drive.target"
CALL = "donor.call"


class Flag(models.TextChoices):
    """What was odd about a donation that happened all the same."""

    AGE = "age", _("outside the age of giving on that day")
    INTERVAL = "interval", _("too soon after the donation before")
    DEFERRAL = "deferral", _("while deferred")
    WEIGHT = "weight", _("below the least weight")
    OTHER_UNIT = "other_unit", _("donor of another unit")


def flag_words(codes: "list[str]") -> "list[str]":
    """The sentences of a row's codes; an unknown code stays as it is."""
    return [str(Flag(code).label) if code in Flag.values else code for code in codes]

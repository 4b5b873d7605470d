"""Stable codes of rewards."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Kind(models.TextChoices):
    """What is counted for an honour (Decision 122/QĐ-BCĐQG)."""

    INDIVIDUAL = "individual", _("individual, by voluntary donations")
    FAMILY = "family", _("family, by its members' donations")
    MOBILISER = "mobiliser", _("mobiliser, by donors of a year")
    EMERGENCY = "emergency", _("emergency merit")
    COLLECTIVE = "collective", _("group, by its target")


class Grantor(models.TextChoices):
    """Who grants; what is open is open."""

    FACILITY = "facility", _("collecting facility, at the place of donation")
    CHAPTER = "chapter", _("the chapter itself")
    CITY = "city", _("Chairman of the city's People's Committee")
    CENTRAL = "central", _("Central Red Cross")
    PRIME_MINISTER = "prime_minister", _("Prime Minister")
    STEERING = "steering", _("steering committee of the city")
    NATIONAL = "national", _("national steering committee")
    UNDECIDED = "undecided", _("to be decided by the chapter")


class FamilyCounting(models.TextChoices):
    """How a family's donations are counted; Decision 122, Art. 8 does not say: a choice, unconfirmed."""

    WHILE = "while", _("turns given while a member of the family")
    ALL = "all", _("all turns of those who are members on the day")
    PEOPLE = "people", _("members who have given")


class GroupCounting(models.TextChoices):
    """How a group's turns are counted; Decision 122, Art. 4 only says "its target": a choice, unconfirmed."""

    PLACE = "place", _("turns given at the unit's places, those below it included")
    PEOPLE = "people", _("turns of the people who belong to it, those below it included")


class PolicyState(models.TextChoices):
    DRAFT = "draft", pgettext_lazy("rewards", "draft")
    APPROVED = "approved", pgettext_lazy("rewards", "approved")
    DROPPED = "dropped", _("given up")
    REVERSED = "reversed", _("approval taken back")


class RunState(models.TextChoices):
    WAITING = "waiting", _("waits to begin")
    RUNNING = "running", _("running")
    BRAKED = "braked", _("stopped by the brake")
    PAUSED = "paused", pgettext_lazy("rewards", "paused")
    CANCELLED = "cancelled", _("cancelled")
    DONE = "done", pgettext_lazy("rewards", "done")


class Step(models.TextChoices):
    """Where a nomination stands, in the order of the two paths."""

    PROPOSED = "proposed", _("proposed by the run")
    CHECKED = "checked", _("checked by the unit")
    CROSS_CHECKED = "cross_checked", _("cross-checked by the city")
    AGREED = "agreed", _("agreed by the council")
    SENT = "sent", _("dossier sent")
    RETURNED = "returned", pgettext_lazy("rewards", "returned for more")
    APPRAISED = "appraised", _("appraised, their decision awaited")
    GRANTED = "granted", pgettext_lazy("rewards", "granted")
    REFUSED = "refused", _("not granted")
    WITHDRAWN = "withdrawn", _("withdrawn")


class FindingKind(models.TextChoices):
    """What a later run found about a nomination that exists: proposed, never done silently."""

    WITHDRAW = "withdraw", _("no longer reached: withdraw")
    ADD_BACK = "add_back", _("reached again: add back")


class Reply(models.TextChoices):
    NONE = "none", _("no reply yet")
    COMING = "coming", _("coming")
    OTHER = "other", _("another receives")
    NOT_COMING = "not_coming", _("not coming")


class HandedHow(models.TextChoices):
    CEREMONY = "ceremony", _("at the ceremony")
    FOR_ANOTHER = "for_another", _("received by another")
    LATE = "late", _("handed over later")


class HandedProof(models.TextChoices):
    """What shows that it was handed over."""

    SIGNATURE = "signature", _("signature on the list")
    QR = "qr", _("code of the invitation")


class PaperUse(models.TextChoices):
    """What a paper of a round is for."""

    MINUTES = "minutes", _("minutes of the council")
    SUBMISSION = "submission", _("submission with its list")
    REPORT = "report", _("achievement report of a dossier")
    DECISION = "decision", _("the chapter's decision with its list")
    INVITATION = "invitation", pgettext_lazy("rewards", "invitation")
    THANKS = "thanks", _("thank-you letter")


class Fund(models.TextChoices):
    """Funds that never mix."""

    FACILITY = "facility", _("collecting facility's gift")
    MEAL = "meal", _("meal on the spot")
    TRAVEL = "travel", _("travel support")
    CHAPTER = "chapter", _("chapter's own gift")


class MoveKind(models.TextChoices):
    RECEIPT = "receipt", pgettext_lazy("rewards", "received")
    HAND_OUT = "hand_out", _("handed out")
    LOSS = "loss", _("lost or broken")
    COUNT = "count", _("corrected by a count")


class SheetKind(models.TextChoices):
    """What is printed for everybody of a round, one sheet each."""

    INVITATION = "invitation", _("invitations")
    THANKS = "thanks", _("thank-you letters")
    CERTIFICATE = "certificate", _("the chapter's certificates")


class SheetState(models.TextChoices):
    WAITING = "waiting", pgettext_lazy("sheets", "waits its turn")
    MAKING = "making", pgettext_lazy("sheets", "being made")
    DONE = "done", pgettext_lazy("sheets", "ready")
    CANCELLED = "cancelled", pgettext_lazy("sheets", "stopped")
    FAILED = "failed", pgettext_lazy("sheets", "not made")


# Rights (people/tables/offices.toml).
SEE = "reward.see"
POLICY = "reward.policy"
APPROVE = "reward.approve"
MANAGE = "reward.manage"
CHECK = "reward.check"
GIFT = "reward.gift"


class StaffTitle(models.TextChoices):
    """Titles of emulation and forms of honour of staff, the lowest first."""

    ADVANCED = "advanced", _("Advanced worker")
    BASE_FIGHTER = "base_fighter", _("Emulation fighter of the base")
    CITY_MERIT = "city_merit", _("Certificate of merit of the city")
    CITY_FIGHTER = "city_fighter", _("Emulation fighter of the city")
    STATE_MERIT = "state_merit", _("Certificate of merit of the Prime Minister")
    NATIONAL_FIGHTER = "national_fighter", _("Emulation fighter of the nation")


class TitleState(models.TextChoices):
    PROPOSED = "proposed", pgettext_lazy("rewards", "proposed")
    RECOGNISED = "recognised", _("recognised")
    REFUSED = "refused", _("not recognised")
    REVOKED = "revoked", pgettext_lazy("rewards", "revoked")


class Reach(models.TextChoices):
    """Where a recognised initiative has effect."""

    BASE = "base", _("the base")
    CITY = "city", _("the city")
    NATION = "nation", _("the whole country")

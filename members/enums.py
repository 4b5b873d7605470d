"""Stable codes of membership life."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Kind(models.TextChoices):
    """Kinds of membership; what each asks stands in tables/kinds.toml."""

    MEMBER = "member", _("member")
    VOLUNTEER = "volunteer", _("volunteer")
    YOUTH = "youth", pgettext_lazy("members", "Red Cross youth")
    JUNIOR = "junior", _("Red Cross junior")
    HONORARY = "honorary", _("honorary member")


class MembershipState(models.TextChoices):
    """As it stands now; the days are in `during` and in the pauses."""

    ACTIVE = "active", _("active")
    PAUSED = "paused", _("paused")
    MOVING = "moving", _("waits to be received")
    ENDED = "ended", pgettext_lazy("members", "ended")


class Ending(models.TextChoices):
    """How a membership ended: each is its own act."""

    LEFT = "leave", _("left at the own wish")
    REMOVED = "removal", _("removed from the list")
    EXPELLED = "expulsion", _("expelled")
    DECEASED = "death", _("deceased")
    GREW = "grew", _("grew out of the kind")


class ApplicationState(models.TextChoices):
    DRAFT = "draft", _("being filled in")
    SUBMITTED = "submitted", _("waits for the branch's opinion")
    MEETING = "meeting", _("waits for the meeting")
    RETURNED = "returned", _("more is asked")
    AGREED = "agreed", _("agreed, waits for the decision")
    ADMITTED = "admitted", _("admitted")
    REFUSED = "refused", _("refused")
    WITHDRAWN = "withdrawn", pgettext_lazy("members", "withdrawn")


class Channel(models.TextChoices):
    WEB = "web", _("on the portal")
    PAPER = "paper", _("on paper")


class AdmissionState(models.TextChoices):
    """A batch of applications a meeting agreed to: one decision, one ceremony."""

    OPEN = "open", _("waits for the decision")
    DECIDED = "decided", _("decided, before the ceremony")
    CLOSED = "closed", _("ceremony held")


class CardState(models.TextChoices):
    MADE = "made", _("made, not handed over")
    HANDED = "handed", _("handed over")
    LOST = "lost", _("lost")
    REPLACED = "replaced", _("replaced")
    ENDED = "ended", pgettext_lazy("members", "ended")


class TransferState(models.TextChoices):
    WAITING = "waiting", _("waits to be received")
    RECEIVED = "received", pgettext_lazy("members", "received")
    REFUSED = "refused", _("refused")
    CANCELLED = "cancelled", _("cancelled")


class CampaignState(models.TextChoices):
    OPEN = "open", pgettext_lazy("members", "open")
    CLOSED = "closed", pgettext_lazy("members", "closed")


class PayWay(models.TextChoices):
    CASH = "cash", _("cash")
    TRANSFER = "transfer", _("bank transfer")


class ReceiptState(models.TextChoices):
    VALID = "valid", _("valid")
    CANCELLED = "cancelled", _("cancelled")


class RemittanceState(models.TextChoices):
    SENT = "sent", _("sent, not confirmed")
    CONFIRMED = "confirmed", _("received by the level above")
    RETURNED = "returned", pgettext_lazy("members", "returned")


class ProposalState(models.TextChoices):
    """A list of members who paid nothing: nobody is touched before it is approved and carried out."""

    DRAFT = "draft", _("being looked through")
    ASKED = "asked", _("waits for approval")
    APPROVED = "approved", _("approved, not carried out")
    RUNNING = "running", _("being carried out")
    DONE = "done", _("carried out")
    DROPPED = "dropped", _("given up")


class ReportKind(models.TextChoices):
    DEATH = "death", _("a death")
    MOVE = "move", _("a move")


class ReportState(models.TextChoices):
    WAITING = "waiting", _("waits for the unit")
    CONFIRMED = "confirmed", _("confirmed")
    REFUSED = "refused", pgettext_lazy("members", "not so")


class TitleLevel(models.TextChoices):
    """Titles of volunteers (cấp 1, 2, 3); whoever serves without one is simply active."""

    PLATINUM = "platinum", _("Platinum volunteer")
    GOLD = "gold", _("Gold volunteer")
    SILVER = "silver", _("Silver volunteer")


class CongressState(models.TextChoices):
    PREPARED = "prepared", _("being prepared")
    HELD = "held", _("held")


class DelegateWay(models.TextChoices):
    """How somebody became a delegate."""

    ELECTED = "elected", _("elected by the branch")
    OFFICE = "office", _("by office")
    APPOINTED = "named", _("appointed")


class DelegateState(models.TextChoices):
    NAMED = "named", _("credential not checked")
    CONFIRMED = "confirmed", _("credential confirmed")
    REFUSED = "refused", pgettext_lazy("delegate", "refused")


# Rights (people/tables/offices.toml).
SEE = "members.see"
OPINE = "members.opine"
ENTER = "members.enter"
ADMIT = "members.admit"
ACT = "members.act"
REPORT = "members.report"
DUES_SEE = "dues.see"
DUES_COLLECT = "dues.collect"
DUES_MANAGE = "dues.manage"
DUES_RULES = "dues.rules"

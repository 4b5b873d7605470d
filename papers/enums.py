"""Stable codes of papers."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class PaperState(models.TextChoices):
    DRAFT = "draft", pgettext_lazy("papers", "draft")
    SUBMITTED = "submitted", _("waits for signature")
    RETURNED = "returned", _("returned")
    SIGNED = "signed", _("signed, waits for its number")
    ISSUED = "issued", pgettext_lazy("paper", "issued")
    ENDED = "ended", pgettext_lazy("paper", "ended")
    CANCELLED = "cancelled", _("cancelled")


class Capacity(models.TextChoices):
    """In whose name a paper is signed (Decree 30/2020/NĐ-CP, Annex I, II.7)."""

    HEAD = "head", _("the head")
    FOR_BODY = "for_body", _("on behalf of a body (TM.)")
    ACTING = "acting", _("acting head (Q.)")
    DEPUTY = "deputy", _("deputy for the head (KT.)")
    IN_CHARGE = "in_charge", _("deputy in charge (KT.)")
    BY_ORDER = "by_order", _("by order of the head (TL.)")
    AUTHORISED = "authorised", _("by authorisation (TUQ.)")


class Step(models.TextChoices):
    """What happened to a paper; its history in order."""

    DRAFTED = "drafted", _("drafted")
    EDITED = "edited", pgettext_lazy("papers", "changed")
    SUBMITTED = "submitted", _("submitted for signature")
    RETURNED = "returned", _("returned with comments")
    SIGNED = "signed", _("signed")
    ISSUED = "issued", _("numbered and issued")
    TAKEN = "taken", _("taken in with a number from outside")
    SCANNED = "scanned", _("scan added")
    ENDED = "ended", pgettext_lazy("paper", "ended")
    CANCELLED = "cancelled", _("cancelled")


class ProofState(models.TextChoices):
    VALID = "valid", _("valid")
    ENDED = "ended", _("no longer valid")


# Rights (people/tables/offices.toml).
SEE = "paper.see"
DRAFT = "paper.draft"
SIGN = "paper.sign"
NUMBER = "paper.number"
DECIDE = "unit.decide"  # draft the decision on a planned act on units

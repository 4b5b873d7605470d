"""Stable codes of evaluation and additional income."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

MANAGE, SCORE, DECIDE = "evaluation.manage", "evaluation.score", "evaluation.decide"
PAY, STAFF = "pay.manage", "staff.manage"


class LegalStatus(models.TextChoices):
    CADRE = "cadre", _("cadre")
    CIVIL_SERVANT = "civil_servant", _("civil servant")
    PUBLIC_EMPLOYEE = "public_employee", _("public employee")
    ASSOCIATION_STAFF = "association_staff", _("staff of the association")
    CONTRACT = "contract", _("on contract")


class StaffGroup(models.TextChoices):
    """Who fills which form: leaders and professionals 1A, support and service 1B."""

    LEADER = "leader", _("leaders and managers")
    PROFESSIONAL = "professional", _("professional staff")
    SUPPORT = "support", _("support and service")


class PayTrack(models.TextChoices):
    COEFFICIENT = "coefficient", _("by coefficient")
    FIXED = "fixed", _("fixed sum")
    NONE = "none", _("not paid")


class CriterionGroup(models.TextChoices):
    ETHICS = "ethics", _("discipline and ethics")
    CAPACITY = "capacity", _("capacity and skills")
    RESULTS = "results", _("results of work")


class CycleKind(models.TextChoices):
    QUARTER = "quarter", _("quarter")
    YEAR = "year", _("year")


class CycleState(models.TextChoices):
    OPEN = "open", _("under way")
    PUBLISHED = "published", _("published in the unit")


class Level(models.TextChoices):
    EXCELLENT = "excellent", _("excellent completion")
    GOOD = "good", _("good completion")
    FAIR = "fair", _("completion")
    POOR = "poor", _("no completion")


class RatingState(models.TextChoices):
    OPEN = "open", _("self-report awaited")
    REPORTED = "reported", _("self-report handed over")
    SCORED = "scored", _("scored by the department")
    DECIDED = "decided", _("decided by the head")
    PUBLISHED = "published", _("published, petition possible")
    PETITIONED = "petitioned", _("petition being settled")
    FINAL = "final", _("final")
    EXEMPT = "exempt", _("not rated in this period")


class Stage(models.TextChoices):
    """Whose points: the person's own, the department's, the head's."""

    SELF = "self", _("own points")
    DEPARTMENT = "department", _("points of the department")
    HEAD = "head", _("points of the head")


class Absence(models.TextChoices):
    """Why somebody was away; which of these days are paid stands in the procedure table."""

    ANNUAL_LEAVE = "annual_leave", _("annual leave")
    PERSONAL_LEAVE = "personal_leave", _("personal leave")
    SICK = "sick", _("sick leave")
    WORK_ACCIDENT = "work_accident", _("treatment after a work accident")
    MATERNITY = "maternity", _("maternity leave")
    OWN_STUDY = "own_study", _("full-time study, not assigned")
    ASSIGNED_STUDY = "assigned_study", _("study by assignment")
    BUSINESS_TRIP = "business_trip", _("business trip")
    OTHER = "other", _("other absence")


class Step(models.TextChoices):
    """Steps a unit may put between the self-report and the head's decision."""

    COMMENTS = "comments", _("comments of colleagues")
    DEPARTMENT = "department", _("department meets and scores")
    COUNCIL = "council", _("leaders' meeting or council")
    PARTY_OPINION = "party_opinion", _("opinion of the Party committee")


class SheetState(models.TextChoices):
    DRAFT = "draft", pgettext_lazy("evaluations", "being made")
    CLOSED = "closed", pgettext_lazy("evaluations", "closed")


class Reading(models.TextChoices):
    """What the share of "excellent" is taken of."""

    GOOD = "good", _("of those rated good")
    GOOD_OR_BETTER = "good_or_better", _("of those rated good or better")


class FactKind(models.TextChoices):
    """Dated facts of a working life that ratings and honours look at."""

    DISCIPLINE = "discipline", _("discipline")
    PROSECUTION = "prosecution", _("prosecuted or in custody")
    PROBATION = "probation", _("probation")
    SECONDMENT = "secondment", _("secondment")
    MATERNITY = "maternity", _("maternity leave")
    LONG_LEAVE = "long_leave", _("long leave (sick, study, personal)")


class Penalty(models.TextChoices):
    """The form of a discipline, in groups that the rules tell apart."""

    REPRIMAND = "reprimand", _("reprimand")
    WARNING = "warning", _("warning")
    HEAVIER = "heavier", _("heavier than a warning")


class Mode(models.TextChoices):
    """What a share above the cap does."""

    OFF = "off", _("no cap")
    WARN = "warn", _("warns")
    STOP = "stop", _("stops the publication")

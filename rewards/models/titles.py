"""Titles of staff: who takes part in a year's emulation, recognised initiatives, proposals and decisions."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from rewards.enums import Reach, StaffTitle, TitleState


class Participation(models.Model):
    """A member of staff registered for the year's emulation."""

    person = models.ForeignKey(
        "people.Person", models.PROTECT, related_name="participations", verbose_name=_("person")
    )
    unit = models.ForeignKey("people.Unit", models.PROTECT, related_name="+", verbose_name=_("unit"))
    year = models.PositiveSmallIntegerField(pgettext_lazy("rewards", "year"))
    registered_on = models.DateField(_("registered on"))

    class Meta:
        verbose_name = _("part in emulation")
        verbose_name_plural = _("parts in emulation")
        constraints = [models.UniqueConstraint(fields=["person", "year"], name="participation_once_a_year")]

    def __str__(self) -> str:
        return f"{self.person_id} {self.year}"


class Initiative(models.Model):
    """An initiative or study of a member of staff, recognised by a decision."""

    person = models.ForeignKey(
        "people.Person", models.PROTECT, related_name="initiatives", verbose_name=_("person")
    )
    unit = models.ForeignKey("people.Unit", models.PROTECT, related_name="+", verbose_name=_("unit"))
    name = models.CharField(_("name of the initiative"), max_length=300)
    reach = models.CharField(_("has effect in"), max_length=8, choices=Reach.choices)
    decision = models.CharField(pgettext_lazy("rewards", "recognised by decision"), max_length=120)
    recognised_on = models.DateField(_("recognised on"))

    class Meta:
        verbose_name = _("initiative")
        verbose_name_plural = _("initiatives")
        constraints = [
            models.UniqueConstraint(
                fields=["person", "name"],
                name="initiative_once",
                violation_error_message=_("This initiative is entered already."),
            )
        ]

    def __str__(self) -> str:
        return self.name


class TitleAward(models.Model):
    """A title of a person for a year, proposed with the reasons as they stood, decided by a decision."""

    person = models.ForeignKey(
        "people.Person", models.PROTECT, related_name="titles", verbose_name=_("person")
    )
    unit = models.ForeignKey("people.Unit", models.PROTECT, related_name="+", verbose_name=_("unit"))
    year = models.PositiveSmallIntegerField(pgettext_lazy("rewards", "year"))
    title = models.CharField(pgettext_lazy("rewards", "title"), max_length=16, choices=StaffTitle.choices)
    state = models.CharField(
        pgettext_lazy("rewards", "state"),
        max_length=10,
        choices=TitleState.choices,
        default=TitleState.PROPOSED,
    )
    reasons = models.JSONField(pgettext_lazy("rewards", "reasons"), default=list, blank=True)
    proposed_on = models.DateField(_("proposed on"))
    decision = models.CharField(pgettext_lazy("rewards", "decision"), max_length=120, blank=True)
    decided_on = models.DateField(pgettext_lazy("rewards", "decided on"), null=True, blank=True)
    note = models.CharField(pgettext_lazy("rewards", "note"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("title of a member of staff")
        verbose_name_plural = _("titles of staff")
        constraints = [
            models.UniqueConstraint(
                fields=["person", "year", "title"],
                condition=models.Q(state__in=(TitleState.PROPOSED, TitleState.RECOGNISED)),
                name="title_once_a_year",
            ),
            models.CheckConstraint(
                condition=models.Q(state=TitleState.PROPOSED)
                | (~models.Q(decision="") & models.Q(decided_on__isnull=False)),
                name="title_decided_by_decision",
                violation_error_message=_("A decision has its number and day."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} {self.title} {self.year}"

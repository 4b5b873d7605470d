"""A donor: what the chapter keeps of a person who gives blood. No result, no reason, no measured value."""

from datetime import date

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models import Exists, OuterRef, Sum
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from donors.enums import Group, GroupKnown, Rhesus


class DonorQuerySet(models.QuerySet["Donor"]):
    def with_turns(self, on: date) -> "DonorQuerySet":
        """Each donor with `turns`: voluntary confirmed donations up to the day, in one statement."""
        from donors.models.donations import Donation

        counted = Donation.objects.filter(donor=OuterRef("pk")).counting(on).order_by()
        summed = counted.values("donor").annotate(n=Sum("turns")).values("n")
        return self.annotate(turns=Coalesce(models.Subquery(summed), 0))

    def not_deferred(self, on: date) -> "DonorQuerySet":
        """Donors whom no deferral holds back on the day."""
        holds = Deferral.objects.filter(donor=OuterRef("pk"), from_on__lte=on, until_on__gt=on)
        return self.filter(~Exists(holds))


class Donor(models.Model):
    """One row a person; counts and volumes are folded from donations, never typed."""

    person = models.OneToOneField(
        "people.Person", models.PROTECT, related_name="donor", verbose_name=_("person")
    )
    code = models.CharField(_("donor code"), max_length=20, unique=True)
    group = models.CharField(_("blood group"), max_length=2, choices=Group.choices, blank=True)
    rhesus = models.CharField(_("Rh"), max_length=1, choices=Rhesus.choices, blank=True)
    group_known = models.CharField(
        _("how the group is known"), max_length=10, choices=GroupKnown.choices, blank=True
    )
    is_reserve = models.BooleanField(_("ready to be called"), default=False)
    is_rare = models.BooleanField(_("in the rare-blood list"), default=False)
    is_available = models.BooleanField(_("available"), default=True)
    share_code = models.CharField(_("share code"), max_length=12, blank=True, editable=False)
    card = models.OneToOneField(
        "papers.Proof", models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("donor card")
    )
    created_at = models.DateTimeField(_("entered"), default=timezone.now, editable=False)

    objects = DonorQuerySet.as_manager()

    class Meta:
        verbose_name = _("donor")
        verbose_name_plural = _("donors")
        indexes = [models.Index(fields=["group", "rhesus", "id"], name="donor_by_group")]
        constraints = [
            models.CheckConstraint(
                condition=(models.Q(group="", rhesus="", group_known=""))
                | (~models.Q(group_known="") & ~(models.Q(group="") & models.Q(rhesus=""))),
                name="donor_group_known_somehow",
            )
        ]

    def __str__(self) -> str:
        return self.code


class Deferral(models.Model):
    """A donor gives again from `until_on`. A date only: no kind, no reason."""

    donor = models.ForeignKey(Donor, models.CASCADE, related_name="deferrals", verbose_name=_("donor"))
    from_on = models.DateField(_("from"))
    until_on = models.DateField(_("gives again from"))

    class Meta:
        verbose_name = _("deferral")
        verbose_name_plural = _("deferrals")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(until_on__gt=models.F("from_on")), name="deferral_ends_later"
            )
        ]

    def __str__(self) -> str:
        return f"{self.donor_id} {self.until_on}"


class Family(models.Model):
    """People who give blood as one family and are honoured as one."""

    name = models.CharField(_("name"), max_length=120)
    unit = models.ForeignKey(
        "people.Unit", models.PROTECT, related_name="donor_families", verbose_name=_("unit")
    )
    created_at = models.DateTimeField(_("entered"), default=timezone.now, editable=False)

    class Meta:
        verbose_name = _("donor family")
        verbose_name_plural = _("donor families")

    def __str__(self) -> str:
        return self.name


class FamilyMember(models.Model):
    """A donor belongs to a family for a period; to one family on a day."""

    family = models.ForeignKey(Family, models.PROTECT, related_name="members", verbose_name=_("donor family"))
    donor = models.ForeignKey(Donor, models.PROTECT, related_name="families", verbose_name=_("donor"))
    during = DateRangeField(_("period"))

    class Meta:
        verbose_name = _("member of a donor family")
        verbose_name_plural = _("members of donor families")
        constraints = [
            ExclusionConstraint(
                name="familymember_one_family_a_day",
                expressions=[("donor", RangeOperators.EQUAL), ("during", RangeOperators.OVERLAPS)],
            )
        ]

    def __str__(self) -> str:
        return f"{self.family_id} {self.donor_id}"

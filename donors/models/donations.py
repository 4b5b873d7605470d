"""A donation: a fact with its proof. Turns, bags, millilitres and 250-ml units are four figures."""

from datetime import date

from django.conf import settings
from django.contrib.postgres.indexes import BrinIndex
from django.db import models
from django.db.models import Count, Exists, OuterRef, Q, Sum
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from donors.enums import Component, DonationKind, DonationState, Source, flag_words
from donors.rules.figures import Figures


class DonationQuerySet(models.QuerySet["Donation"]):
    def standing(self) -> "DonationQuerySet":
        """Not voided."""
        return self.exclude(state=DonationState.VOIDED)

    def confirmed(self) -> "DonationQuerySet":
        return self.filter(state=DonationState.CONFIRMED)

    def voluntary(self) -> "DonationQuerySet":
        return self.filter(kind=DonationKind.VOLUNTARY)

    def up_to(self, day: date) -> "DonationQuerySet":
        """Given on the day or before; a carried-over row counts from its own day on."""
        return self.filter(on__lte=day)

    def counting(self, day: date) -> "DonationQuerySet":
        """What counts for honours on the day: voluntary, confirmed, given by then.

        "n donations up to day X" stands for all up to X: what was recorded one by one before it, and an
        earlier such row, count no more beside it.
        """
        carried = Donation.objects.filter(
            donor=OuterRef("donor"), source=Source.CARRIED, on__gte=OuterRef("on")
        )
        same_day = Q(on=OuterRef("on")) & (Q(pk__gt=OuterRef("pk")) | ~Q(source=OuterRef("source")))
        covers = carried.voluntary().confirmed().up_to(day).filter(Q(on__gt=OuterRef("on")) | same_day)
        return self.voluntary().confirmed().up_to(day).filter(~Exists(covers))

    def figures(self) -> Figures:
        """The four figures over these rows. 1 query."""
        found = self.aggregate(
            turns=Sum("turns", default=0),
            bags=Count("pk", filter=Q(volume_ml__isnull=False) & ~Q(source=Source.CARRIED)),
            ml=Sum("volume_ml", default=0),
        )
        return Figures(found["turns"], found["bags"], found["ml"])

    def turns_by_donor(self) -> dict[int, int]:
        """Turns of each donor, keyed by the donor's pk. 1 query."""
        rows = self.order_by().values_list("donor").annotate(n=Sum("turns"))
        return dict(rows)


class Donation(models.Model):
    """One donation, or one proven row of several carried over (`turns` > 1, `on` the day they reach up to).

    What happened is recorded though it breaks a rule: `flags` names the articles it broke.
    """

    donor = models.ForeignKey(
        "donors.Donor", models.PROTECT, related_name="donations", verbose_name=_("donor")
    )
    on = models.DateField(_("day of donation"))
    drive = models.ForeignKey(
        "donors.Drive",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="donations",
        verbose_name=_("drive"),
    )
    unit = models.ForeignKey(
        "people.Unit", models.PROTECT, related_name="donations", verbose_name=_("recorded by unit")
    )
    place = models.CharField(pgettext_lazy("donors", "place"), max_length=200, blank=True)
    component = models.CharField(
        _("component"), max_length=14, choices=Component.choices, default=Component.WHOLE_BLOOD
    )
    volume_ml = models.PositiveIntegerField(_("volume (ml)"), null=True, blank=True)
    turns = models.PositiveSmallIntegerField(_("turns"), default=1)
    kind = models.CharField(
        _("kind"), max_length=10, choices=DonationKind.choices, default=DonationKind.VOLUNTARY
    )
    mobilised_by = models.ForeignKey(
        "people.Person",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="mobilised_donations",
        verbose_name=_("mobilised by"),
    )
    certificate_issuer = models.CharField(_("issuer of the certificate"), max_length=120, blank=True)
    certificate_serial = models.CharField(_("certificate serial"), max_length=30, blank=True)
    certificate_used_ml = models.PositiveIntegerField(_("used of the certificate (ml)"), default=0)
    source = models.CharField(_("source"), max_length=10, choices=Source.choices)
    proof = models.CharField(pgettext_lazy("donors", "proof"), max_length=200, blank=True)
    photo = models.ForeignKey(
        "ledger.StoredFile",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("photo of the proof"),
    )
    flags = models.JSONField(_("flags"), default=list, blank=True)
    state = models.CharField(
        _("state"), max_length=10, choices=DonationState.choices, default=DonationState.RECORDED
    )
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("recorded by"),
    )
    recorded_at = models.DateTimeField(_("recorded"), default=timezone.now, editable=False)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("decided by"),
    )
    decided_at = models.DateTimeField(pgettext_lazy("donors", "decided"), null=True, blank=True)
    void_reason = models.CharField(_("why voided"), max_length=300, blank=True)

    objects = DonationQuerySet.as_manager()

    class Meta:
        verbose_name = _("donation")
        verbose_name_plural = _("donations")
        ordering = ("-on", "-pk")
        constraints = [
            models.UniqueConstraint(
                fields=["certificate_issuer", "certificate_serial"],
                condition=~Q(certificate_serial="") & ~Q(state=DonationState.VOIDED),
                name="donation_serial_once",
            ),
            models.UniqueConstraint(
                fields=["donor", "on", "component"],
                condition=~Q(state=DonationState.VOIDED) & ~Q(source=Source.CARRIED),
                name="donation_once_a_day",
            ),
            models.CheckConstraint(
                condition=Q(turns=1) | Q(source=Source.CARRIED, turns__gt=1), name="donation_turns_carried"
            ),
            models.CheckConstraint(
                condition=~Q(source=Source.CARRIED) | Q(proof__gt=""), name="donation_carried_proven"
            ),
            models.CheckConstraint(
                condition=Q(state=DonationState.VOIDED, void_reason__gt="")
                | (~Q(state=DonationState.VOIDED) & Q(void_reason="")),
                name="donation_voided_why",
            ),
            models.CheckConstraint(
                condition=Q(certificate_used_ml=0) | Q(certificate_used_ml__lte=models.F("volume_ml")),
                name="donation_certificate_use",
            ),
        ]
        indexes = [
            models.Index(
                fields=["donor", "on"], include=["component", "kind", "state", "turns"], name="donation_fold"
            ),
            models.Index(fields=["unit", "on"], name="donation_by_unit"),
            # Few rows, asked of every donation: does one that was carried over cover it?
            models.Index(fields=["donor", "on"], condition=Q(source=Source.CARRIED), name="donation_carried"),
            # What was entered or decided since last night, without reading all of it.
            BrinIndex(fields=["recorded_at", "decided_at"], name="donation_by_time", pages_per_range=16),
        ]

    def __str__(self) -> str:
        return f"{self.donor_id} {self.on}"

    @property
    def flag_words(self) -> list[str]:
        """What was odd about it, in words."""
        return flag_words(self.flags)

    @property
    def certificate_left_ml(self) -> int:
        """Millilitres of the certificate not used yet."""
        return (self.volume_ml or 0) - self.certificate_used_ml

"""What a volunteer brings and has done: skills, languages, when and where, conduct, titles, days."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from foundation.text import search_text
from members.enums import Channel, TitleLevel


class VolunteerProfile(models.Model):
    """A volunteer's own page, kept by the volunteer or the unit; codes of tables/volunteers.toml."""

    person = models.OneToOneField(
        "people.Person", models.PROTECT, related_name="volunteer_profile", verbose_name=_("person")
    )
    availability = ArrayField(
        models.CharField(max_length=20), default=list, blank=True, verbose_name=_("free on")
    )
    fields = ArrayField(
        models.CharField(max_length=20), default=list, blank=True, verbose_name=_("fields of work")
    )
    area = models.CharField(_("where"), max_length=200, blank=True)
    search_area = models.TextField(editable=False, blank=True)
    vehicle = models.CharField(_("vehicle"), max_length=20, blank=True)
    emergency_name = models.CharField(_("whom to call"), max_length=120, blank=True)
    emergency_relation = models.CharField(_("relation"), max_length=60, blank=True)
    emergency_phone = models.CharField(_("phone to call"), max_length=40, blank=True)
    reviewed_on = models.DateField(_("last looked through"), null=True, blank=True)
    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        verbose_name = _("volunteer's page")
        verbose_name_plural = _("volunteers' pages")

    def __str__(self) -> str:
        return f"{self.person_id}"

    def clean(self) -> None:
        self.area = " ".join(self.area.split())
        self.search_area = search_text(self.area)


class VolunteerSkill(models.Model):
    """A skill with what shows it; `checked_on`: an officer has seen the evidence."""

    person = models.ForeignKey(
        "people.Person", models.PROTECT, related_name="skills", verbose_name=_("person")
    )
    code = models.CharField(_("skill"), max_length=20)
    evidence = models.CharField(pgettext_lazy("skill", "evidence"), max_length=200, blank=True)
    got_on = models.DateField(_("since"), null=True, blank=True)
    expires_on = models.DateField(pgettext_lazy("skill", "valid until"), null=True, blank=True)
    checked_on = models.DateField(_("evidence seen on"), null=True, blank=True)
    checked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("seen by"),
    )

    class Meta:
        verbose_name = _("skill")
        verbose_name_plural = _("skills")
        ordering = ("code", "pk")
        indexes = [models.Index(fields=["code", "person"], name="skill_by_code")]
        constraints = [
            models.UniqueConstraint(
                "person",
                "code",
                name="skill_once",
                violation_error_message=_("This skill is entered already."),
            ),
            models.CheckConstraint(
                condition=Q(got_on=None) | Q(expires_on=None) | Q(expires_on__gt=F("got_on")),
                name="skill_expires_later",
                violation_error_message=_("The last day lies before the first."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} {self.code}"


class VolunteerLanguage(models.Model):
    """A language and how well."""

    person = models.ForeignKey(
        "people.Person", models.PROTECT, related_name="languages", verbose_name=_("person")
    )
    code = models.CharField(_("language"), max_length=20)
    level = models.CharField(pgettext_lazy("language", "level"), max_length=20)

    class Meta:
        verbose_name = _("language")
        verbose_name_plural = _("languages")
        ordering = ("code", "pk")
        constraints = [models.UniqueConstraint("person", "code", name="language_once")]

    def __str__(self) -> str:
        return f"{self.person_id} {self.code}"


class ConductSigning(models.Model):
    """The code of conduct, in the version of a day (tables/conduct.toml), signed by a person."""

    person = models.ForeignKey(
        "people.Person", models.PROTECT, related_name="conduct_signings", verbose_name=_("person")
    )
    version = models.DateField(_("version of"))
    signed_on = models.DateField(_("signed on"))
    channel = models.CharField(pgettext_lazy("members", "through"), max_length=6, choices=Channel.choices)
    entered_at = models.DateTimeField(_("entered"), default=timezone.now, editable=False)

    class Meta:
        verbose_name = _("code of conduct signed")
        verbose_name_plural = _("codes of conduct signed")
        ordering = ("-version",)
        constraints = [models.UniqueConstraint("person", "version", name="conduct_signed_once")]

    def __str__(self) -> str:
        return f"{self.person_id} {self.version}"


class VolunteerTitle(models.Model):
    """A title a volunteer was given by a decision; not the first-aid levels, which are another scale."""

    person = models.ForeignKey(
        "people.Person", models.PROTECT, related_name="volunteer_titles", verbose_name=_("person")
    )
    level = models.CharField(pgettext_lazy("volunteer", "title"), max_length=10, choices=TitleLevel.choices)
    given_on = models.DateField(_("given on"))
    decision = models.CharField(_("decision"), max_length=60)
    given_by = models.CharField(_("given by"), max_length=160)
    ended_on = models.DateField(_("revoked on"), null=True, blank=True)
    end_reason = models.CharField(_("why revoked"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("title of a volunteer")
        verbose_name_plural = _("titles of volunteers")
        ordering = ("-given_on", "-pk")
        constraints = [
            models.UniqueConstraint(
                "person",
                "level",
                condition=Q(ended_on=None),
                name="title_held_once",
                violation_error_message=_("This title is recorded already."),
            ),
            models.CheckConstraint(
                condition=Q(ended_on=None, end_reason="") | Q(ended_on__isnull=False, end_reason__gt=""),
                name="title_revoked_with_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} {self.level}"


class ServiceDay(models.Model):
    """A day a person served, in minutes: typed by the unit, or written by an activity (`cause`)."""

    person = models.ForeignKey(
        "people.Person", models.PROTECT, related_name="service_days", verbose_name=_("person")
    )
    unit = models.ForeignKey(
        "people.Unit", models.PROTECT, related_name="service_days", verbose_name=_("unit")
    )
    on = models.DateField(_("day"))
    minutes = models.PositiveSmallIntegerField(
        _("minutes"), validators=[MinValueValidator(15), MaxValueValidator(24 * 60)]
    )
    what = models.CharField(_("what was done"), max_length=200)
    cause = models.CharField(_("cause"), max_length=60, blank=True, editable=False)
    entered_at = models.DateTimeField(_("entered"), default=timezone.now, editable=False)

    class Meta:
        verbose_name = _("day of service")
        verbose_name_plural = _("days of service")
        ordering = ("-on", "-pk")
        indexes = [models.Index(fields=["person", "on"], name="serviceday_by_person")]
        constraints = [
            models.UniqueConstraint("person", "cause", condition=~Q(cause=""), name="serviceday_once_a_cause")
        ]

    def __str__(self) -> str:
        return f"{self.person_id} {self.on}"

"""One-time codes an officer prints for a person without e-mail."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class SignInCode(models.Model):
    """A printed code: only its keyed hash is stored, it works once, until `expires_at`."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="sign_in_codes", verbose_name=_("account")
    )
    digest = models.CharField(max_length=64, editable=False)
    created_at = models.DateTimeField(pgettext_lazy("people", "made"), default=timezone.now, editable=False)
    expires_at = models.DateTimeField(_("valid until"))
    used_at = models.DateTimeField(_("used"), null=True, editable=False)
    failures = models.PositiveSmallIntegerField(_("wrong tries"), default=0, editable=False)

    class Meta:
        verbose_name = _("sign-in code")
        verbose_name_plural = _("sign-in codes")
        constraints = [
            models.UniqueConstraint("user", condition=Q(used_at=None), name="signincode_one_open"),
        ]

    def __str__(self) -> str:
        return f"{self.user_id} {self.created_at:%Y-%m-%d}"

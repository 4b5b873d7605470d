"""Reward policy, rounds, nominations, awards and gifts."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class RewardsConfig(AppConfig):
    name = "rewards"
    verbose_name = _("Rewards")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Register what takes effect when a paper is issued."""
        from papers import effects
        from rewards.actions.papers import AWARD, SEND, award, send

        effects.register(SEND, send)
        effects.register(AWARD, award)

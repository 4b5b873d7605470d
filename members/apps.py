"""Membership and volunteer life: applications, cards, dues, transfers."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class MembersConfig(AppConfig):
    name = "members"
    verbose_name = _("Members")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from members.actions.admissions import EFFECT, admit
        from members.panels import dues_panel, person_panel
        from papers import effects
        from people.views.record import PANELS

        effects.register(EFFECT, admit)
        PANELS["hoi-vien"] = (_("Membership"), "members/person_memberships.html", person_panel)
        PANELS["hoi-phi"] = (_("Dues"), "members/person_dues.html", dues_panel)

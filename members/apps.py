"""Membership and volunteer life: applications, cards, dues, transfers."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class MembersConfig(AppConfig):
    name = "members"
    verbose_name = _("Members")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from members.actions.admissions import EFFECT, admit
        from members.panels import dues_panel, person_panel, unit_panel, volunteer_page
        from members.queries.lists import register_lists
        from papers import effects
        from people.views.record import PANELS
        from people.views.units import UNIT_PANELS

        effects.register(EFFECT, admit)
        register_lists()
        PANELS["hoi-vien"] = (_("Membership"), "members/person_memberships.html", person_panel)
        PANELS["hoi-phi"] = (_("Dues"), "members/person_dues.html", dues_panel)
        UNIT_PANELS["members"] = ("members/unit_figures.html", unit_panel)
        PANELS["tinh-nguyen"] = (_("Volunteering"), "members/person_volunteer.html", volunteer_page)

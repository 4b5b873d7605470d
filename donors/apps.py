"""Blood donors, donations, deferrals, drives."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DonorsConfig(AppConfig):
    name = "donors"
    verbose_name = _("Donors")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from donors.panels import person_panel
        from donors.queries.exports import register_list
        from people.queries.exports import SOURCES
        from people.views.record import PANELS

        PANELS["hien-mau"] = (_("Blood donation"), "donors/person_blood.html", person_panel)
        SOURCES.update(register_list())

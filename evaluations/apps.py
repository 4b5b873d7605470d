"""Staff evaluation and additional income."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class EvaluationsConfig(AppConfig):
    name = "evaluations"
    verbose_name = _("Evaluations")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from evaluations.panels import person_panel
        from people.views.record import PANELS

        PANELS["cong-tac"] = (_("Work and rating"), "evaluations/person_work.html", person_panel)

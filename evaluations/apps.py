"""Staff evaluation and additional income."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class EvaluationsConfig(AppConfig):
    name = "evaluations"
    verbose_name = _("Evaluations")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from evaluations.actions.deaths import end_by_death, undo_end_by_death
        from evaluations.panels import person_panel
        from people.deaths import ON_DEATH, OnDeath
        from people.views.record import PANELS

        ON_DEATH["evaluations"] = OnDeath(
            lambda by, person, on: end_by_death(by=by, person=person, on=on),
            lambda by, kept: undo_end_by_death(by=by, kept=kept),
        )
        PANELS["cong-tac"] = (_("Work and rating"), "evaluations/person_work.html", person_panel)

"""Templates, drafts, signatures, the register of numbers, proofs."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PapersConfig(AppConfig):
    name = "papers"
    verbose_name = _("Papers")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from papers import effects
        from papers.actions.recognitions import EFFECT as RECOGNITION
        from papers.actions.recognitions import recognise_by_paper
        from papers.actions.unit_acts import EFFECT, act_given_up, carry_out_act_decision
        from papers.panels import person_papers
        from people.views.record import PANELS

        PANELS["van-ban"] = (_("Papers"), "papers/person_papers.html", person_papers)

        effects.register(RECOGNITION, recognise_by_paper)
        effects.register(EFFECT, carry_out_act_decision, act_given_up)

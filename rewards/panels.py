"""What rewards shows on pages of the roof: the queue and figures."""

from collections.abc import Iterable
from datetime import datetime, time

from django.db.models import Count, Min
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from foundation.dates import ZONE
from foundation.queue import Figure, QueueItem
from ledger.actor import Actor
from people.permissions import may
from rewards.enums import CHECK, MANAGE, SEE, RunState, Step
from rewards.models import Award, Dossier, Finding, RewardRun
from rewards.permissions import over_city
from rewards.queries.due import not_run_yet
from rewards.queries.heirs import left_open
from rewards.queries.seen import over_units, visible_nominations
from rewards.queries.telling import open_late

MOST = 20


def queue(by: Actor) -> Iterable[QueueItem]:
    """Proposals to check, findings, runs held by the brake, answers overdue, papers not collected."""
    if may(by, CHECK):
        waiting = visible_nominations(by).filter(step=Step.PROPOSED, round__isnull=False).order_by()
        rows = waiting.values_list("round", "round__name", "round__deadline")
        for pk, name, deadline, n, since in rows.annotate(n=Count("pk"), since=Min("step_at"))[:MOST]:
            title = ngettext("%(n)s proposal to check: %(round)s", "%(n)s proposals to check: %(round)s", n)
            yield QueueItem(
                title % {"n": n, "round": name},
                f"{reverse('reward_nominations')}?dot={pk}&buoc={Step.PROPOSED}",
                since,
                deadline,
                icon="check",
            )
        for award in over_units(by, open_late(by.on), "nomination__unit")[:MOST]:
            if may(by, CHECK, award.nomination.unit_id) and award.due_on is not None:
                yield QueueItem(
                    _("Hand over: %(honour)s") % {"honour": award.nomination.rung.honour or award.honour},
                    reverse("reward_nomination", args=[award.nomination.key]),
                    datetime.combine(award.decided_on, time(8), ZONE),
                    award.due_on,
                    note=award.nomination.unit.name if award.nomination.unit else "",
                    icon="users",
                )
    if not over_city(by, MANAGE):
        return
    open_findings = Finding.objects.filter(is_accepted=None).aggregate(n=Count("pk"), since=Min("found_at"))
    if open_findings["n"]:
        title = ngettext("%(n)s finding to answer", "%(n)s findings to answer", open_findings["n"])
        yield QueueItem(
            title % open_findings, reverse("reward_findings"), open_findings["since"], icon="refresh"
        )
    ended = left_open(by.on).order_by("unit_id", "pk").distinct("unit_id").select_related("unit")
    for one in ended[:MOST]:
        yield QueueItem(
            _("A unit that ended left honours open: %(unit)s") % {"unit": one.unit.name if one.unit else ""},
            reverse("reward_nomination", args=[one.key]),
            one.step_at,
            icon="refresh",
        )
    for policy in not_run_yet():
        yield QueueItem(
            _("Full run after %(policy)s") % {"policy": policy.name},
            reverse("reward_runs"),
            policy.approved_at or policy.created_at,
            note=_("tonight by itself, or now"),
            icon="refresh",
        )
    for run in RewardRun.objects.filter(state=RunState.BRAKED)[:MOST]:
        yield QueueItem(
            _("A reward run is held by the brake"),
            reverse("reward_run", args=[run.pk]),
            run.asked_at,
            icon="refresh",
        )
    for dossier in Dossier.objects.filter(decision_number="", expected_on__lt=by.on)[:MOST]:
        yield QueueItem(
            _("No answer yet: %(number)s") % {"number": dossier.submission_number},
            reverse("reward_dossier", args=[dossier.pk]),
            datetime.combine(dossier.sent_on, time(8), ZONE),
            dossier.expected_on,
            icon="document",
        )


def figures(by: Actor) -> Iterable[Figure]:
    """Honours decided this year in the actor's units."""
    if may(by, SEE):
        rows = Award.objects.filter(revoked_on=None, decided_on__year=by.on.year)
        count = over_units(by, rows, "nomination__unit").count()
        yield Figure(count, _("honours decided this year"), reverse("reward_figures"))

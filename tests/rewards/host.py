"""A process that has Django ready and forks workers that a test may kill: `python -m tests.rewards.host`.

Reads a command a line ("work 40", "give 1 300", "wait 4711"), answers with the pid of the child, or with the
exit code of the one waited for: 0 done, 3 refused, -9 killed.
"""

import os
import sys
import traceback
from datetime import timedelta

import django
from django.db import connection, transaction

REFUSED = 3


def work(chunk: str) -> None:
    """A worker's life: open runs to their end, then the letters that are due."""
    from people.actors import system_actor
    from rewards.actions.working import work_run
    from rewards.queries.turns import donation_turns
    from rewards.queries.working import due_runs
    from rewards.tasks import tell

    for pk in due_runs():
        work_run(by=system_actor(), pk=pk, turns=donation_turns(), chunk=int(chunk))
    tell()


def give(first: str, count: str) -> None:
    """Donations coming in one by one, by donors from `first` on; what stands already is left."""
    with connection.cursor() as cursor:
        for donor in range(int(first), int(first) + int(count)):
            cursor.execute(
                """
                INSERT INTO donors_donation (donor_id, "on", unit_id, place, component, volume_ml, turns,
                    kind, certificate_issuer, certificate_serial, certificate_used_ml, source, proof, flags,
                    state, recorded_at, decided_at, void_reason)
                SELECT %s, current_date, min(id), '', 'whole_blood', 350, 1, 'voluntary', '', '', 0, 'drive',
                    '', '[]', 'confirmed', now(), now(), '' FROM people_unit ON CONFLICT DO NOTHING
                """,
                [donor],
            )


def ask() -> None:
    """A full run as of today, its brake released."""
    from people.actors import system_actor
    from rewards.actions.runs import ask_run
    from rewards.models import RewardRun

    with transaction.atomic():
        run = ask_run(by=system_actor(), as_of=system_actor().on)
        RewardRun.objects.filter(pk=run.pk).update(is_released=True)


def ask_night() -> None:
    """A run over what changed since the last."""
    from people.actors import system_actor
    from rewards.actions.runs import ask_nightly

    by = system_actor()
    ask_nightly(by=by, as_of=by.on)


def draft(day: str) -> None:
    """A draft of a policy from so many days ahead on."""
    from people.actors import system_actor
    from rewards.actions.policies import draft_policy

    by = system_actor()
    draft_policy(by=by, name=f"Dự thảo {day}", effective_from=by.on + timedelta(days=int(day)))


def approve(place: str, number: str) -> None:
    """Put the n-th draft in force."""
    from people.actors import system_actor
    from rewards.actions.policies import approve_policy
    from rewards.models import Policy

    by = system_actor()
    found = Policy.objects.filter(state="draft").order_by("pk")[int(place)]
    approve_policy(by=by, policy=found, decision_number=number, decided_on=by.on)


def grant(count: str) -> None:
    """So many proposals granted by the chapter itself."""
    from people.actors import system_actor
    from rewards.actions.awarding import give as give_awards
    from rewards.models import Nomination

    by = system_actor()
    rows = Nomination.objects.select_related("rung", "person").order_by("pk")[: int(count)]
    with transaction.atomic():
        give_awards(by, list(rows), "01/QĐ-CTĐ", by.on, has_certificate=True)


def undo(number: str) -> None:
    """Take the putting in force of a policy back."""
    from people.actors import system_actor
    from rewards.actions.undoing import undo_policy
    from rewards.models import Policy

    undo_policy(by=system_actor(), policy=Policy.objects.get(decision_number=number), reason="Sai mốc")


def agree() -> None:
    """Two rounds that wait for the chapter's decision and two dossiers that wait for the city's."""
    from people.actors import system_actor
    from rewards.models import Dossier, Nomination, Round, Rung

    on = system_actor().on
    free = iter(Nomination.objects.filter(awards=None, rung__kind="individual").order_by("-pk")[:4])
    for grantor in ("chapter", "city"):
        for n in range(2):
            one = next(free)
            rung = Rung.objects.get(pk=one.rung_id)
            rung.pk, rung.threshold, rung.grantor = None, 900 + 2 * (grantor == "city") + n, grantor
            rung.save()
            cycle = Round.objects.create(name=grantor, cut_off=on, deadline=on, ceremony_on=on)
            sent = None
            if grantor == "city":
                sent = Dossier.objects.create(
                    round=cycle, grantor="city", submission_number=f"{n}/TTr", sent_on=on, expected_on=on
                )
            step = "sent" if sent else "agreed"
            Nomination.objects.filter(pk=one.pk).update(round=cycle, rung=rung, step=step, dossier=sent)


def grant_round(place: str, number: str) -> None:
    """The chapter's decision on the n-th round of those that wait for it."""
    from people.actors import system_actor
    from rewards.actions.rounds import grant_by_chapter
    from rewards.models import Round

    by, cycle = system_actor(), Round.objects.filter(name="chapter").order_by("pk")[int(place)]
    grant_by_chapter(by=by, cycle=cycle, decision_number=number, decided_on=by.on)


def decide(place: str, number: str) -> None:
    """Their decision on the n-th dossier."""
    from people.actors import system_actor
    from rewards.actions.rounds import take_decision
    from rewards.models import Dossier

    by, sent = system_actor(), Dossier.objects.order_by("pk")[int(place)]
    take_decision(by=by, dossier=sent, decision_number=number, decided_on=by.on, signer="Chủ tịch")


def stock(quantity: str) -> None:
    """A gift of the facility's fund, so many in stock, and a held drive of twenty donations."""
    from donors.models import Donation, Donor, Drive
    from people.actors import system_actor
    from people.models import Unit
    from rewards.actions.gifts import add_gift, move_gift

    by = system_actor()
    unit = Unit.objects.get(code="TP")
    gift = add_gift(by=by, unit=unit, name="Sữa", fund="facility", value_vnd=150_000, given_from=by.on)
    move_gift(by=by, gift=gift, kind="receipt", quantity=int(quantity), on=by.on, what_for="Nhập")
    drive = Drive.objects.create(unit=unit, name="Ngày hội", facility="Trung tâm", place="Mẫu", on=by.on)
    common = {"unit": unit, "drive": drive, "source": "drive", "volume_ml": 350, "component": "plasma"}
    Donation.objects.bulk_create(
        Donation(donor=donor, on=by.on, **common) for donor in Donor.objects.order_by("pk")[:20]
    )


def hand_out(quantity: str) -> None:
    """So many of the gift to somebody."""
    from people.actors import system_actor
    from rewards.actions.gifts import move_gift
    from rewards.models import Gift

    by = system_actor()
    gift = Gift.objects.get()
    move_gift(by=by, gift=gift, kind="hand_out", quantity=int(quantity), on=by.on, what_for="Phát")


def hand_out_drive() -> None:
    """One for every donation of the drive."""
    from donors.models import Drive
    from people.actors import system_actor
    from rewards.actions.gifts import hand_out_at_drive
    from rewards.models import Gift

    hand_out_at_drive(by=system_actor(), gift=Gift.objects.get(), drive=Drive.objects.get())


def fill(donors: str) -> None:
    from bench.fill_rewards import main as fill_donors

    fill_donors(int(donors))


JOBS = {
    job.__name__: job
    for job in (
        *(work, give, ask, ask_night, draft, approve, undo, grant, agree, grant_round, decide),
        *(stock, hand_out, hand_out_drive, fill),
    )
}


def main() -> None:
    # Read once here: a forked worker begins at once.
    import rewards.tasks  # noqa: F401
    from foundation.refusal import Refused

    for line in sys.stdin:
        word, *given = line.split()
        if word == "wait":
            _pid, status = os.waitpid(int(given[0]), 0)
            print(os.waitstatus_to_exitcode(status), flush=True)
            continue
        pid = os.fork()
        if pid == 0:
            code = 0
            os.dup2(sys.stderr.fileno(), sys.stdout.fileno())  # the answer is the parent's to give
            try:
                JOBS[word](*given)
            except Refused:
                code = REFUSED
            except BaseException:
                traceback.print_exc()
                code = 1
            sys.stderr.flush()
            os._exit(code)
        print(pid, flush=True)


if __name__ == "__main__":
    django.setup()
    main()

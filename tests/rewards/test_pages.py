"""The pages of a policy, a run, a nomination and a round, as the reward officer works through them."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from donors.models import Donation, SignUp
from foundation.dates import today
from people.actors import system_actor
from people.enums import OfficeCode
from rewards.actions.policies import draft_policy, set_rung
from rewards.enums import Step
from rewards.models import Award, Dossier, Nomination, Policy, Round
from tests.conftest import Cast, sign_in
from tests.factories import donors, drives, people
from tests.factories.rewards import gift, nomination, policy

pytestmark = pytest.mark.django_db


def typed(day: date) -> str:
    return f"{day:%d/%m/%Y}"


def test_a_draft_is_entered_and_a_rung_changed(cast: Cast) -> None:
    client = sign_in(people.officer(OfficeCode.REWARD_OFFICER, cast.city, "Cán Bộ Khen"))
    client.post(reverse("reward_policy_new"), {"name": "Quy chế 2027", "effective_from": "01/01/2027"})
    draft = Policy.objects.get()
    url = reverse("reward_policy", args=[draft.pk])
    assert client.get(url).status_code == 200
    values = {
        "moc-kind": "individual",
        "moc-threshold": "5",
        "moc-honour": "Thư cảm ơn",
        "moc-grantor": "chapter",
    }
    values |= {"moc-bonus_vnd": "0", "moc-citation": "Dự thảo", "moc-source": "Thành Hội"}
    assert client.post(f"{url}moc/", values).status_code == 302
    assert draft.rungs.get(kind="individual", threshold=5).honour == "Thư cảm ơn"
    assert "Thư cảm ơn" in client.get(url).content.decode()
    assert client.get(reverse("reward_policy_simulate", args=[draft.pk])).status_code == 200
    assert client.get(reverse("reward_runs")).status_code == 200


def test_a_round_from_opening_to_the_hand_over(cast: Cast) -> None:
    policy()
    one = nomination(cast.member, cast.ward)
    officer = sign_in(people.officer(OfficeCode.REWARD_OFFICER, cast.city, "Cán Bộ Khen"))
    day = typed(today())
    dates = {"cut_off": day, "deadline": day, "ceremony_on": day}
    officer.post(reverse("reward_rounds"), {"name": "Đợt 1", **dates})
    cycle = Round.objects.get()
    url, mine = reverse("reward_round", args=[cycle.pk]), reverse("reward_nomination", args=[one.key])

    def do(address: str, act: str, **values: str) -> None:
        answer = officer.post(f"{address}{act}/", {f"{act}-{name}": value for name, value in values.items()})
        assert answer.status_code == 302, answer.content.decode()
        assert officer.get(address).status_code == 200

    do(mine, "kiem-tra", proof="Giấy chứng nhận số 1")
    do(mine, "doi-chieu")
    do(url, "bien-ban", minutes_number="01/BB", held_on=day, members="9", present="7")
    assert "1 giấy tờ còn thiếu" in officer.get(url).content.decode()
    typed_in = {"ho-so-grantor": "city", "ho-so-submission_number": "41/TTr-CTĐ", "ho-so-sent_on": day}
    refused = officer.post(f"{url}ho-so/", typed_in).content.decode()
    assert "Hồ sơ còn thiếu: Báo cáo thành tích có xác nhận." in refused
    do(url, "giay-to", paper="city:report", number="12/BC-CTĐ", reason="")
    assert "01/BB" in officer.get(url).content.decode()
    do(url, "ho-so", grantor="city", submission_number="41/TTr-CTĐ", sent_on=day)
    letter = reverse("reward_dossier", args=[Dossier.objects.get().pk])
    assert officer.get(letter).content.decode().count("41/TTr-CTĐ") >= 2, "kept with the papers that went"
    do(letter, "quyet-dinh", decision_number="100/QĐ-UBND", decided_on=day, signer="Chủ tịch", refused="")
    do(url, "nhan-bang", on=day)
    do(url, "moi")
    do(url, "ket-thuc-le")
    assert Award.objects.get().due_on == today() + timedelta(days=30)
    do(mine, "trao", on=day, how="late", received_by="")

    found = Nomination.objects.get()
    assert (found.step, found.votes_for, found.votes_cast) == (Step.GRANTED, 7, 7)
    assert (found.awards.get().handed_on, found.awards.get().decision_number) == (today(), "100/QĐ-UBND")


def test_who_is_refused_is_named_by_the_number_in_the_list(cast: Cast) -> None:
    policy()
    other = people.person("Người Bị Từ Chối", cast.ward, with_user=False)
    both = [nomination(cast.member, cast.ward), nomination(other, cast.ward)]
    cycle = Round.objects.create(name="Đợt", cut_off=today(), deadline=today(), ceremony_on=today())
    sent = Dossier.objects.create(
        round=cycle, grantor="city", submission_number="1", sent_on=today(), expected_on=today()
    )
    Nomination.objects.update(round=cycle, dossier=sent, step=Step.SENT)
    client = sign_in(people.officer(OfficeCode.REWARD_OFFICER, cast.city, "Cán Bộ Khen"))
    url = reverse("reward_dossier", args=[sent.pk])
    values = {"decision_number": "1/QĐ", "decided_on": typed(today()), "signer": "A"}
    wrong = client.post(
        f"{url}quyet-dinh/", {f"quyet-dinh-{k}": v for k, v in {**values, "refused": "9: x"}.items()}
    )
    assert (wrong.status_code, Award.objects.count()) == (200, 0)
    right = client.post(
        f"{url}quyet-dinh/", {f"quyet-dinh-{k}": v for k, v in {**values, "refused": "1: Trùng"}.items()}
    )
    assert right.status_code == 302
    first, second = sorted(both, key=lambda n: n.sort_key)
    assert list(Award.objects.values_list("nomination", flat=True)) == [second.pk]
    assert Nomination.objects.get(pk=first.pk).reason == "Trùng"


def test_a_reward_officer_of_a_ward_sees_neither_rounds_nor_other_wards(cast: Cast) -> None:
    policy()
    client = sign_in(people.officer(OfficeCode.REWARD_OFFICER, cast.other_ward, "Cán Bộ Phường"))
    one = nomination(cast.member, cast.ward)

    seen = [
        client.get(reverse(name)).status_code
        for name in ("reward_rounds", "reward_runs", "reward_nominations")
    ]
    assert seen == [404, 404, 200]
    assert client.get(reverse("reward_nomination", args=[one.key])).status_code == 404


def test_the_public_ladder_says_what_is_unconfirmed(cast: Cast) -> None:
    client = sign_in(cast.nobody)
    assert "Chưa có mốc" in client.get(reverse("reward_ladder")).content.decode()
    policy()
    page = client.get(reverse("reward_ladder")).content.decode()
    assert "chưa xác nhận" in page
    assert "Điều 7" in page


@pytest.mark.parametrize("count", [1, 3])
def test_the_register_asks_as_often_for_three_as_for_one(
    cast: Cast, count: int, django_assert_max_num_queries: object
) -> None:
    policy()
    for n in range(count):
        nomination(people.person(f"Người {n}", cast.ward, with_user=False), cast.ward)
    client = sign_in(people.officer(OfficeCode.REWARD_OFFICER, cast.city, "Cán Bộ Khen"))
    with django_assert_max_num_queries(16):  # type: ignore[operator]
        assert client.get(reverse("reward_nominations")).status_code == 200


def test_the_minutes_hold_votes_against_and_who_was_not_agreed(cast: Cast) -> None:
    law = policy()
    people_here = [people.person(f"Người {n}", cast.ward, with_user=False) for n in range(3)]
    for one in people_here:
        nomination(one, cast.ward, law=law)
    cycle = Round.objects.create(name="Đợt", cut_off=today(), deadline=today(), ceremony_on=today())
    Nomination.objects.update(round=cycle, step=Step.CROSS_CHECKED)
    client = sign_in(people.officer(OfficeCode.REWARD_OFFICER, cast.city, "Cán Bộ Khen"))
    url = reverse("reward_round", args=[cycle.pk])
    assert "1. Người 0" in client.get(url).content.decode()
    values = {"minutes_number": "1/BB", "held_on": typed(today()), "members": "9", "present": "7"}

    def sent(**more: str) -> int:
        fields = {f"bien-ban-{name}": value for name, value in {**values, **more}.items()}
        return int(client.post(f"{url}bien-ban/", fields).status_code)

    assert sent(against="hai: 2") == sent(against="9: 2") == sent(failed="x") == 200
    assert sent(against="2: 3\n3: 5", failed="3") == 302
    rows = Nomination.objects.order_by("person__sort_key").values_list("votes_for", "votes_cast", "step")
    assert list(rows) == [(7, 7, Step.AGREED), (4, 7, Step.AGREED), (2, 7, Step.REFUSED)]


def test_a_draft_is_simulated_with_a_drive_to_come_and_its_gifts(cast: Cast) -> None:
    law = policy()
    bag = gift(cast.city, name="Ba lô")
    draft = draft_policy(by=system_actor(), name="Dự thảo", effective_from=date(2027, 1, 1), copy_of=law)
    values = {"gift": bag, "bonus_vnd": 100_000}
    set_rung(by=system_actor(), policy=draft, kind="individual", threshold=5, values=values)
    giver = donors.donor(cast.member, cast.ward)
    for n in range(4):
        row = donors.donation(giver, cast.ward, today() - timedelta(days=90 * (n + 1)))
        Donation.objects.filter(pk=row.pk).update(state="confirmed")
    drive = drives.opened(cast.ward)
    slot = drive.slots.all()[0]
    SignUp.objects.create(drive=drive, slot=slot, person=cast.member, state="seated")
    client = sign_in(people.officer(OfficeCode.REWARD_OFFICER, cast.city, "Cán Bộ Khen"))
    url = reverse("reward_policy_simulate", args=[draft.pk])
    period = {"tu": typed(today()), "den": typed(today())}
    assert client.get(url, period).context["rows"] == []

    told = client.get(url, {**period, "dot": str(drive.pk)}).context
    assert (told["rows"], told["gifts"], told["money"]) == ([("5", 1, 1)], 1, 220_000)
    assert Nomination.objects.count() == 0

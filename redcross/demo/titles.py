"""A year rated and honoured: annual ratings of the office, titles decided, proposed, held from before.

The last year is final and its titles are decided; in November and later the year that runs is open too.
"""

from collections.abc import Mapping
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from evaluations import actions
from evaluations.enums import CycleState, FactKind, Level, RatingState
from evaluations.models import Cycle, Employment, Rating, RatingEvent
from people.models import Person, Unit
from redcross.demo.evaluations import SINCE, report
from redcross.demo.papers import as_of
from rewards.actions import titles
from rewards.enums import Reach, StaffTitle, TitleState
from rewards.models import TitleAward

# Facts of a year for whom a decree rates by them: both decrees' columns, each reads its own.
WELL: Mapping[str, Any] = {
    "done": 100,
    "on_time": 100,
    "exceeded": 60,
    "units_fair": 100,
    "units_good": 80,
    "general": 28,
    "assigned": 40,
    "finished": 40,
    "errors": 1,
    "delays": 1,
}
FACTS: Mapping[int, Mapping[str, Any]] = {
    1: WELL,
    2: {**WELL, "exceeded": 70},
    3: {**WELL, "exceeded": 55},
    7: {**WELL, "exceeded": 30, "errors": 4, "delays": 6},
    8: {**WELL, "on_time": 88, "errors": 10, "delays": 9},
}
ON_LEAVE, LATE, FIGHTERS, NOT_REGISTERED = 20, 24, (1, 2, 3), 23
HELD = "Theo hồ sơ giấy trước khi hợp nhất (mẫu)"


def load_titles(units: dict[str, Unit], on: date) -> int:
    """Two years of the office; returns how many titles were written."""
    city = units["TP"]
    year = on.year - 1 if on.month > 1 else on.year - 2
    jobs = Employment.objects.filter(during__startswith=SINCE).select_related("person").order_by("pk")
    staff = [one.person for one in jobs]
    actions.issue_regulation(
        by=as_of(SINCE),
        unit=city,
        from_on=SINCE,
        decision="Quy chế xếp loại hằng năm (mẫu) 16/QC-CTĐ",
        values={"excellent": Decimal(90), "good": Decimal(75), "fair": Decimal(50)},
    )

    before(city, year - 1, staff)
    last_year(city, year, staff)
    honoured(city, year, staff, on)
    if on >= date(year + 1, 11, 20):
        this_year(city, year + 1, staff)
    return TitleAward.objects.count()


def before(city: Unit, year: int, staff: list[Person]) -> None:
    """The year before, of three people, and titles held from then, as paper says."""
    cycle = Cycle.objects.create(
        unit=city, kind="year", year=year, first_on=date(year, 1, 1), last_on=date(year, 12, 31),
        opened_on=date(year, 12, 1), limit_on=date(year, 12, 15), published_on=date(year, 12, 12),
        state=CycleState.PUBLISHED, decision=HELD,
    )  # fmt: skip
    for number in FIGHTERS:
        Rating.objects.create(
            cycle=cycle, person=staff[number], employment=staff[number].employments.latest("pk"),
            state=RatingState.FINAL, level=Level.EXCELLENT, reasons=[HELD],
            published_on=date(year, 12, 12), final_on=date(year, 12, 20),
        )  # fmt: skip
    held = [
        *((1, StaffTitle.BASE_FIGHTER, year - back) for back in range(4)),
        *((3, StaffTitle.BASE_FIGHTER, year - back) for back in range(2)),
        (1, StaffTitle.CITY_FIGHTER, year),
        (3, StaffTitle.STATE_MERIT, year),
    ]
    TitleAward.objects.bulk_create(
        TitleAward(
            person=staff[number], unit=place(staff[number]), year=one, title=title, reasons=[HELD],
            state=TitleState.RECOGNISED, decision=f"{30 + number}/QĐ (mẫu)",
            proposed_on=date(one + 1, 1, 10), decided_on=date(one + 1, 1, 20),
        )
        for number, title, one in held
    )  # fmt: skip


def place(person: Person) -> Unit:
    return person.employments.latest("pk").unit


def last_year(city: Unit, year: int, staff: list[Person]) -> None:
    """From the facts and points to final: one by the head's own word, one not rated after long leave."""
    day = date(year, 12, 3)
    actions.enter_fact(
        by=as_of(day),
        employment=staff[ON_LEAVE].employments.latest("pk"),
        kind=FactKind.LONG_LEAVE,
        first_on=date(year, 4, 1),
        last_on=date(year, 11, 15),
        words="Nghỉ không hưởng lương (mẫu)",
    )
    cycle = actions.open_cycle(by=as_of(date(year, 12, 1)), unit=city, year=year, number=0, steps=())
    ratings = {one.person_id: one for one in cycle.ratings.select_related("employment")}
    actions.exempt_rating(
        by=as_of(date(year, 12, 10)),
        rating=ratings[staff[ON_LEAVE].pk],
        reason="Nghỉ trên sáu tháng trong năm, không xếp loại (mẫu)",
    )
    for number in FACTS:
        decided(scored(ratings[staff[number].pk], number, day), date(year, 12, 10))
    others = [one for number, one in enumerate(staff) if number not in {*FACTS, ON_LEAVE}]
    by_points([ratings[one.pk] for one in others])
    actions.publish_cycle(by=as_of(date(year, 12, 12)), cycle=cycle, decision="305/QĐ-CTĐ (mẫu)")
    final = cycle.ratings.filter(state=RatingState.PUBLISHED)
    RatingEvent.objects.bulk_create(
        RatingEvent(rating=one, state=RatingState.FINAL, score=one.score, level=one.level) for one in final
    )
    final.update(state=RatingState.FINAL, final_on=date(year, 12, 18))


def scored(rating: Rating, number: int, day: date) -> Rating:
    """The department's facts of the year; what the law makes of them is computed."""
    reported = actions.hand_over_report(
        by=as_of(day), rating=rating, version=rating.version, given={},
        words="Hoàn thành nhiệm vụ được giao trong năm; nêu rõ việc vượt và việc chậm (mẫu).",
    )  # fmt: skip
    return actions.score_year(by=as_of(day), rating=reported, version=reported.version, values=FACTS[number])


def decided(rating: Rating, day: date) -> Rating:
    """As the law gives it; where the facts leave the level open the head chooses with a reason."""
    is_open = rating.score is None and not rating.level
    return actions.decide_rating(
        by=as_of(day),
        rating=rating,
        version=rating.version,
        score=rating.score,
        level=Level.GOOD if is_open else "",
        reason="Theo kết luận của tập thể lãnh đạo (mẫu)" if is_open else "",
    )


def by_points(ratings: list[Rating]) -> None:
    """Whom no decree rates, by the points of the unit's own regulation; one completes only."""
    for number, rating in enumerate(ratings):
        rating.score = Decimal(68 if number == 1 else 91 if number == 0 else 76 + number % 12)
        rating.level = Level.FAIR if number == 1 else Level.EXCELLENT if number == 0 else Level.GOOD
        rating.state, rating.reasons = RatingState.DECIDED, ["Theo thang điểm của quy chế đơn vị (mẫu)."]
    Rating.objects.bulk_update(ratings, ["score", "level", "state", "reasons"])
    RatingEvent.objects.bulk_create(
        RatingEvent(rating=one, state=one.state, score=one.score, level=one.level) for one in ratings
    )


def honoured(city: Unit, year: int, staff: list[Person], on: date) -> None:
    """Registered in spring, proposed and recognised in January; the two highest wait for those above."""
    final = Rating.objects.filter(cycle__kind="year", cycle__year=year, state=RatingState.FINAL)
    rated = set(final.values_list("person", flat=True)) - {staff[NOT_REGISTERED].pk}
    titles.register_emulation(by=as_of(date(year, 3, 10)), year=year, people=rated)
    for number, reach, name in (
        (1, Reach.NATION, "Bản đồ dùng chung các điểm sơ cấp cứu (mẫu)"),
        (2, Reach.BASE, "Sổ điện tử theo dõi quà tặng (mẫu)"),
        (2, Reach.CITY, "Lịch nhắc hiến máu theo phường (mẫu)"),
        (3, Reach.CITY, "Bộ câu hỏi tập huấn sơ cấp cứu (mẫu)"),
    ):
        titles.enter_initiative(
            by=as_of(date(year, 11, 25)), person=staff[number], unit=place(staff[number]), name=name,
            reach=reach, decision="281/QĐ-CTĐ (mẫu)", recognised_on=date(year, 11, 20),
        )  # fmt: skip
    advanced = set(final.exclude(level__in=(Level.FAIR, Level.POOR)).values_list("person", flat=True)) & rated
    advanced.discard(staff[LATE].pk)
    wanted = [(pk, StaffTitle.ADVANCED.value) for pk in sorted(advanced)]
    wanted += [(staff[number].pk, StaffTitle.BASE_FIGHTER.value) for number in FIGHTERS]
    wanted.append((staff[2].pk, StaffTitle.CITY_MERIT.value))
    proposed(year, wanted, date(year + 1, 1, 10), "18/QĐ-CTĐ (mẫu)", date(year + 1, 1, 20))
    first = [(staff[1].pk, StaffTitle.CITY_FIGHTER.value)]
    proposed(year, first, date(year + 1, 1, 22), "24/QĐ (mẫu)", date(year + 1, 1, 28))
    waits = [(staff[1].pk, StaffTitle.NATIONAL_FIGHTER.value), (staff[LATE].pk, StaffTitle.ADVANCED.value)]
    titles.propose_titles(
        by=as_of(max(on - timedelta(days=6), date(year + 1, 1, 28))), year=year, wanted=waits
    )


def proposed(year: int, wanted: list[tuple[int, str]], day: date, decision: str, decided_on: date) -> None:
    """Proposed on the day and recognised by the decision."""
    titles.propose_titles(by=as_of(day), year=year, wanted=wanted)
    waiting = TitleAward.objects.filter(year=year, state=TitleState.PROPOSED)
    titles.decide_titles(
        by=as_of(decided_on),
        titles=list(waiting.values_list("pk", flat=True)),
        decision=decision,
        decided_on=decided_on,
        is_recognised=True,
    )


def this_year(city: Unit, year: int, staff: list[Person]) -> None:
    """The year that runs is open: some have handed over, three are rated by the law and wait for the head."""
    day = date(year, 11, 20)
    cycle = actions.open_cycle(by=as_of(day), unit=city, year=year, number=0, steps=())
    ratings = {one.person_id: one for one in cycle.ratings.select_related("employment")}
    for number in (1, 7, 8):
        scored(ratings[staff[number].pk], number, day)
    for one in (staff[10], staff[11], staff[12]):
        report(as_of(day), ratings[one.pk], Decimal(92))

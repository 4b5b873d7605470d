"""Circular 26/2013/TT-BYT case by case: below, at and above; the day before, of and after."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from donors.enums import Component
from donors.rules.days import after, birthday
from donors.rules.verdict import Facts, Found, Outcome, Stricter, assess, largest_volume
from foundation.dated import load_table

ENTRY = load_table("donors", "giving")[-1]
ON = date(2026, 6, 14)
DAY = timedelta(days=1)
WHOLE, RED = Component.WHOLE_BLOOD, Component.RED_CELLS
PLATELETS, PLASMA, GRANULOCYTES = Component.PLATELETS, Component.PLASMA, Component.GRANULOCYTES


def facts(**values: object) -> Facts:
    """A healthy woman of 30 and 50 kg who gives whole blood for the first time."""
    born = values.pop("born", date(1996, 1, 1))
    base = {
        "born_from": born,
        "born_to": born,
        "sex": "female",
        "kg": Decimal(50),
        "given": (),
        "has_condition": False,
    }
    return Facts(**(base | values))  # type: ignore[arg-type]


def outcome(**values: object) -> Outcome:
    return assess(facts(**values), ENTRY, on=ON).outcome


@pytest.mark.parametrize(
    ("born", "expected"),
    [
        pytest.param(ON.replace(year=2008) + DAY, Outcome.NOT_YET, id="Đ4.1: ngày trước khi đủ 18"),
        pytest.param(ON.replace(year=2008), Outcome.MAY, id="Đ4.1: ngày đủ 18"),
        pytest.param(ON.replace(year=2008) - DAY, Outcome.MAY, id="Đ4.1: ngày sau khi đủ 18"),
        pytest.param(ON.replace(year=1966) + DAY, Outcome.MAY, id="Đ4.1: ngày trước khi đủ 60"),
        pytest.param(ON.replace(year=1966), Outcome.MAY, id="Đ4.1: ngày đủ 60"),
        pytest.param(ON.replace(year=1966) - DAY, Outcome.NOT_YET, id="Đ4.1: ngày sau khi đủ 60"),
        pytest.param(None, Outcome.ASK, id="Đ4.1: không rõ ngày sinh"),
    ],
)
def test_age(born: date | None, expected: Outcome) -> None:
    assert outcome(born=born) == expected


@pytest.mark.parametrize(
    ("born", "on", "expected"),
    [
        pytest.param(date(2008, 2, 29), date(2026, 2, 28), Outcome.NOT_YET, id="Đ4.1: 29/02, trước đủ 18"),
        pytest.param(date(2008, 2, 29), date(2026, 3, 1), Outcome.MAY, id="Đ4.1: 29/02, ngày đủ 18"),
        pytest.param(date(2008, 2, 29), date(2026, 3, 2), Outcome.MAY, id="Đ4.1: 29/02, sau đủ 18"),
        pytest.param(date(1964, 2, 29), date(2024, 2, 28), Outcome.MAY, id="Đ4.1: 29/02, trước đủ 60"),
        pytest.param(date(1964, 2, 29), date(2024, 2, 29), Outcome.MAY, id="Đ4.1: 29/02, ngày đủ 60"),
        pytest.param(date(1964, 2, 29), date(2024, 3, 1), Outcome.NOT_YET, id="Đ4.1: 29/02, sau đủ 60"),
    ],
)
def test_age_of_who_was_born_on_a_leap_day(born: date, on: date, expected: Outcome) -> None:
    assert assess(facts(born=born), ENTRY, on=on).outcome == expected


@pytest.mark.parametrize(
    ("on", "expected"),
    [
        pytest.param(date(2026, 12, 30), Outcome.ASK, id="Đ4.1: chỉ biết năm, trong năm đủ 18"),
        pytest.param(date(2025, 12, 31), Outcome.NOT_YET, id="Đ4.1: chỉ biết năm, trước năm đủ 18"),
        pytest.param(date(2027, 1, 1), Outcome.MAY, id="Đ4.1: chỉ biết năm, sau năm đủ 18"),
    ],
)
def test_age_by_the_year_alone(on: date, expected: Outcome) -> None:
    told = facts(born_from=date(2008, 1, 1), born_to=date(2008, 12, 31))

    assert assess(told, ENTRY, on=on).outcome == expected


@pytest.mark.parametrize(
    ("sex", "kg", "expected"),
    [
        pytest.param("female", "41.9", Outcome.NOT_YET, id="Đ4.2a: nữ 41,9 kg"),
        pytest.param("female", "42", Outcome.MAY, id="Đ4.2a: nữ 42 kg"),
        pytest.param("female", "42.1", Outcome.MAY, id="Đ4.2a: nữ 42,1 kg"),
        pytest.param("male", "44.9", Outcome.NOT_YET, id="Đ4.2a: nam 44,9 kg"),
        pytest.param("male", "45", Outcome.MAY, id="Đ4.2a: nam 45 kg"),
        pytest.param("male", "45.1", Outcome.MAY, id="Đ4.2a: nam 45,1 kg"),
        pytest.param("", "60", Outcome.ASK, id="Đ4.2a: không rõ giới tính"),
    ],
)
def test_weight(sex: str, kg: str, expected: Outcome) -> None:
    assert outcome(sex=sex, kg=Decimal(kg)) == expected


@pytest.mark.parametrize(
    ("component", "kg", "expected"),
    [
        pytest.param(WHOLE, "41.9", (None, None), id="Đ4.2a: dưới 42 kg"),
        pytest.param(WHOLE, "42", (250, 250), id="Đ4.2a: 42 kg"),
        pytest.param(WHOLE, "42.1", (250, 250), id="Đ4.2a: trên 42 kg"),
        pytest.param(WHOLE, "44.9", (250, 250), id="Đ4.2a: dưới 45 kg"),
        pytest.param(WHOLE, "45", (405, 350), id="Đ4.2a: 45 kg, 9 ml/kg"),
        pytest.param(WHOLE, "45.1", (405, 350), id="Đ4.2a: trên 45 kg, 9 ml/kg"),
        pytest.param(WHOLE, "49.9", (449, 350), id="Đ4.2a: 49,9 kg, 9 ml/kg"),
        pytest.param(WHOLE, "50", (450, 450), id="Đ4.2a: 50 kg, 9 ml/kg"),
        pytest.param(WHOLE, "50.1", (450, 450), id="Đ4.2a: trên 50 kg, 9 ml/kg"),
        pytest.param(WHOLE, "55.5", (499, 450), id="Đ4.2a: dưới 500 ml"),
        pytest.param(WHOLE, "55.6", (500, 450), id="Đ4.2a: 500 ml"),
        pytest.param(WHOLE, "90", (500, 450), id="Đ4.2a: không quá 500 ml"),
        pytest.param(PLATELETS, "49.9", (None, None), id="Đ4.2b: dưới 50 kg"),
        pytest.param(PLATELETS, "50", (500, None), id="Đ4.2b: 50 kg"),
        pytest.param(PLATELETS, "50.1", (500, None), id="Đ4.2b: trên 50 kg"),
        pytest.param(PLATELETS, "59.9", (500, None), id="Đ4.2b: dưới 60 kg"),
        pytest.param(PLATELETS, "60", (650, None), id="Đ4.2b: 60 kg"),
        pytest.param(PLATELETS, "60.1", (650, None), id="Đ4.2b: trên 60 kg"),
    ],
)
def test_volume(component: Component, kg: str, expected: tuple[int | None, int | None]) -> None:
    assert largest_volume(facts(component=component, kg=Decimal(kg)), ENTRY) == expected


@pytest.mark.parametrize("nth", [-1, 0, 1])
@pytest.mark.parametrize(
    ("given_before", "days"),
    [
        pytest.param([(0, WHOLE)], 84, id="Đ6: máu toàn phần 12 tuần"),
        pytest.param([(0, RED)], 84, id="Đ6: hồng cầu 12 tuần"),
        pytest.param([(0, PLASMA)], 14, id="Đ6: huyết tương 2 tuần"),
        pytest.param([(0, PLATELETS)], 14, id="Đ6: tiểu cầu 2 tuần"),
        pytest.param([(0, WHOLE), (90, PLATELETS)], 104, id="Đ6: xen kẽ, tiểu cầu sau cùng"),
        pytest.param([(0, PLATELETS), (14, WHOLE)], 98, id="Đ6: xen kẽ, máu toàn phần sau cùng"),
        pytest.param([(0, RED), (90, PLASMA)], 104, id="Đ6: xen kẽ, huyết tương sau hồng cầu"),
        pytest.param([(0, GRANULOCYTES), (3, RED)], 87, id="Đ6: xen kẽ, hồng cầu sau bạch cầu hạt"),
        pytest.param([(0, PLASMA), (14, PLATELETS)], 28, id="Đ6: xen kẽ, tiểu cầu sau huyết tương"),
        pytest.param([(0, PLATELETS), (14, RED)], 98, id="Đ6: xen kẽ, hồng cầu sau tiểu cầu"),
        pytest.param([(0, WHOLE), (84, RED), (168, PLASMA)], 182, id="Đ6: xen kẽ ba loại"),
        pytest.param([(0, PLATELETS), (0, WHOLE)], 84, id="Đ6: cùng ngày, khoảng dài hơn"),
        pytest.param([(0, GRANULOCYTES), (0, PLASMA)], 14, id="Đ6: cùng ngày, bạch cầu hạt và huyết tương"),
        pytest.param([(45, WHOLE)], 129, id="Đ6: máu toàn phần ngày nhuận 29/02/2024"),
        pytest.param([(45, PLATELETS)], 59, id="Đ6: tiểu cầu ngày nhuận 29/02/2024"),
        pytest.param(
            [(0, GRANULOCYTES), (2, GRANULOCYTES), (4, GRANULOCYTES)], 7, id="Đ6: bạch cầu hạt 3 lần 7 ngày"
        ),
        pytest.param(
            [(n, GRANULOCYTES) for n in (0, 2, 4, 7)], 9, id="Đ6: bạch cầu hạt lần 4, tính 3 lần sau cùng"
        ),
        pytest.param(
            [(0, WHOLE), *((n, GRANULOCYTES) for n in (84, 85, 86))],
            91,
            id="Đ6: xen kẽ, bạch cầu hạt 3 lần sau máu toàn phần",
        ),
    ],
)
def test_interval(given_before: list[tuple[int, Component]], days: int, nth: int) -> None:
    start = date(2024, 1, 15)  # 29 February 2024 lies between
    rows = [(start + timedelta(days=n), component) for n, component in given_before]
    free = start + timedelta(days=days)
    verdict = assess(facts(given=rows), ENTRY, on=free + timedelta(days=nth))

    assert verdict.outcome == (Outcome.NOT_YET if nth < 0 else Outcome.MAY)
    assert verdict.earliest == max(free, verdict.on)


def test_two_granulocyte_donations_in_a_week_leave_room_for_a_third() -> None:
    rows = [(ON - timedelta(days=n), GRANULOCYTES) for n in (1, 3)]

    assert outcome(given=rows) == Outcome.MAY


@pytest.mark.parametrize(
    ("days", "expected"),
    [
        pytest.param(83, Outcome.ASK, id="Đ6: số lần mang sang, ngày trước 12 tuần"),
        pytest.param(84, Outcome.MAY, id="Đ6: số lần mang sang, đủ 12 tuần"),
        pytest.param(85, Outcome.MAY, id="Đ6: số lần mang sang, sau 12 tuần"),
    ],
)
def test_of_donations_carried_over_the_last_day_is_not_known(days: int, expected: Outcome) -> None:
    told = facts(carried=[ON - timedelta(days=days)])

    assert assess(told, ENTRY, on=ON).outcome == expected
    later = facts(carried=[ON - timedelta(days=days)], given=[(ON - timedelta(days=14), PLATELETS)])
    assert assess(later, ENTRY, on=ON).outcome == Outcome.MAY


@pytest.mark.parametrize("nth", [-1, 0, 1])
@pytest.mark.parametrize(
    ("event", "ended", "free"),
    [
        pytest.param("surgery", date(2025, 6, 14), date(2026, 6, 14), id="Đ5.1: phẫu thuật 12 tháng"),
        pytest.param("birth", date(2024, 2, 29), date(2025, 2, 28), id="Đ5.1: sinh con ngày nhuận"),
        pytest.param("tattoo", date(2025, 8, 31), date(2026, 2, 28), id="Đ5.2: xăm 6 tháng"),
        pytest.param("four_week_illness", date(2026, 5, 1), date(2026, 5, 29), id="Đ5.3: 4 tuần"),
        pytest.param("cold", date(2026, 2, 25), date(2026, 3, 4), id="Đ5.4: 7 ngày"),
    ],
)
def test_deferral(event: str, ended: date, free: date, nth: int) -> None:
    verdict = assess(facts(ended={event: ended}), ENTRY, on=free + timedelta(days=nth))

    assert verdict.outcome == (Outcome.NOT_YET if nth < 0 else Outcome.MAY)
    assert verdict.earliest == max(free, verdict.on)


@pytest.mark.parametrize("nth", [-1, 0, 1])
@pytest.mark.parametrize(
    ("event", "free"),
    [
        pytest.param("surgery", date(2026, 6, 14), id="Đ5.1: phẫu thuật"),
        pytest.param("grave_infection", date(2026, 6, 14), id="Đ5.1: sốt rét, giang mai, lao …"),
        pytest.param("rabies_vaccine", date(2026, 6, 14), id="Đ5.1: vắc xin dại sau khi bị cắn"),
        pytest.param("transfusion", date(2026, 6, 14), id="Đ5.1: được truyền máu"),
        pytest.param("birth", date(2026, 6, 14), id="Đ5.1: sinh con, chấm dứt thai nghén"),
        pytest.param("tattoo", date(2025, 12, 14), id="Đ5.2: xăm"),
        pytest.param("piercing", date(2025, 12, 14), id="Đ5.2: bấm tai, mũi, rốn"),
        pytest.param("exposure", date(2025, 12, 14), id="Đ5.2: phơi nhiễm"),
        pytest.param("six_month_illness", date(2025, 12, 14), id="Đ5.2: thương hàn …"),
        pytest.param("four_week_illness", date(2025, 7, 12), id="Đ5.3: viêm dạ dày ruột …"),
        pytest.param("four_week_vaccine", date(2025, 7, 12), id="Đ5.3: vắc xin sởi, thủy đậu …"),
        pytest.param("cold", date(2025, 6, 21), id="Đ5.4: cúm, cảm lạnh …"),
        pytest.param("other_vaccine", date(2025, 6, 21), id="Đ5.4: vắc xin khác"),
    ],
)
def test_each_deferral_of_the_list(event: str, free: date, nth: int) -> None:
    verdict = assess(facts(ended={event: date(2025, 6, 14)}), ENTRY, on=free + timedelta(days=nth))

    assert verdict.outcome == (Outcome.NOT_YET if nth < 0 else Outcome.MAY)
    assert verdict.earliest == max(free, verdict.on)


@pytest.mark.parametrize("component", [PLATELETS, PLASMA, RED, GRANULOCYTES])
@pytest.mark.parametrize(
    ("kg", "expected"),
    [
        pytest.param("49.9", Outcome.NOT_YET, id="Đ4.2b: 49,9 kg"),
        pytest.param("50", Outcome.MAY, id="Đ4.2b: 50 kg"),
        pytest.param("50.1", Outcome.MAY, id="Đ4.2b: 50,1 kg"),
    ],
)
def test_weight_for_apheresis(component: Component, kg: str, expected: Outcome) -> None:
    assert outcome(component=component, kg=Decimal(kg)) == expected


@pytest.mark.parametrize(
    ("name", "value", "expected"),
    [
        pytest.param("hb", 119, Outcome.NOT_YET, id="Đ4.3: Hb 119"),
        pytest.param("hb", 120, Outcome.MAY, id="Đ4.3: Hb 120"),
        pytest.param("hb", 121, Outcome.MAY, id="Đ4.3: Hb 121"),
        pytest.param("systolic", 99, Outcome.NOT_YET, id="Đ4.3a: tâm thu 99"),
        pytest.param("systolic", 100, Outcome.MAY, id="Đ4.3a: tâm thu 100"),
        pytest.param("systolic", 101, Outcome.MAY, id="Đ4.3a: tâm thu 101"),
        pytest.param("systolic", 159, Outcome.MAY, id="Đ4.3a: tâm thu 159"),
        pytest.param("systolic", 160, Outcome.NOT_YET, id="Đ4.3a: tâm thu 160"),
        pytest.param("systolic", 161, Outcome.NOT_YET, id="Đ4.3a: tâm thu 161"),
        pytest.param("diastolic", 59, Outcome.NOT_YET, id="Đ4.3a: tâm trương 59"),
        pytest.param("diastolic", 60, Outcome.MAY, id="Đ4.3a: tâm trương 60"),
        pytest.param("diastolic", 61, Outcome.MAY, id="Đ4.3a: tâm trương 61"),
        pytest.param("diastolic", 99, Outcome.MAY, id="Đ4.3a: tâm trương 99"),
        pytest.param("diastolic", 100, Outcome.NOT_YET, id="Đ4.3a: tâm trương 100"),
        pytest.param("diastolic", 101, Outcome.NOT_YET, id="Đ4.3a: tâm trương 101"),
        pytest.param("pulse", 59, Outcome.NOT_YET, id="Đ4.3a: mạch 59"),
        pytest.param("pulse", 60, Outcome.MAY, id="Đ4.3a: mạch 60"),
        pytest.param("pulse", 61, Outcome.MAY, id="Đ4.3a: mạch 61"),
        pytest.param("pulse", 89, Outcome.MAY, id="Đ4.3a: mạch 89"),
        pytest.param("pulse", 90, Outcome.MAY, id="Đ4.3a: mạch 90"),
        pytest.param("pulse", 91, Outcome.NOT_YET, id="Đ4.3a: mạch 91"),
    ],
)
def test_measured(name: str, value: int, expected: Outcome) -> None:
    assert outcome(**{name: value}) == expected


@pytest.mark.parametrize(
    ("hours", "expected"),
    [
        pytest.param(11, Outcome.NOT_YET, id="Đ5.5: làm việc nguy hiểm sau 11 giờ"),
        pytest.param(12, Outcome.MAY, id="Đ5.5: làm việc nguy hiểm sau 12 giờ"),
        pytest.param(13, Outcome.MAY, id="Đ5.5: làm việc nguy hiểm sau 13 giờ"),
        pytest.param(None, Outcome.MAY, id="Đ5.5: không làm việc nguy hiểm"),
    ],
)
def test_dangerous_work(hours: int | None, expected: Outcome) -> None:
    assert outcome(hours_off=hours) == expected


@pytest.mark.parametrize(
    ("hb", "most"),
    [
        pytest.param(124, 350, id="Đ4.3: Hb 124, không quá 350 ml"),
        pytest.param(125, 450, id="Đ4.3: Hb 125, trên 350 ml"),
        pytest.param(126, 450, id="Đ4.3: Hb 126, trên 350 ml"),
    ],
)
def test_a_low_haemoglobin_leaves_the_smaller_bag(hb: int, most: int) -> None:
    assert largest_volume(facts(hb=hb), ENTRY)[0] == most


def test_what_is_not_known_is_named_and_never_assumed() -> None:
    verdict = assess(Facts(), ENTRY, on=ON)

    assert verdict.outcome == Outcome.ASK
    assert [check.code for check in verdict.unknown] == ["age", "weight", "interval", "condition"]
    assert (verdict.most_ml, verdict.bag_ml) == (None, None)


def test_an_illness_is_asked_of_the_doctor() -> None:
    assert outcome(has_condition=True) == Outcome.ASK


def test_a_city_may_ask_more_of_women_than_the_law() -> None:
    city = Stricter("least_kg_female", 45, "Quyết định (mẫu)", confirmed=False)
    woman = facts(kg=Decimal("44.9"))

    assert assess(woman, ENTRY, on=ON).outcome == Outcome.MAY
    verdict = assess(woman, ENTRY, on=ON, stricter=[city])
    assert [(check.citation, check.confirmed) for check in verdict.against] == [("Quyết định (mẫu)", False)]


def test_no_measured_value_is_kept() -> None:
    verdict = assess(facts(kg=Decimal(40), hb=90), ENTRY, on=ON)

    assert verdict.kept() == {
        "on": "2026-06-14",
        "passed": False,
        "articles": [
            "Thông tư 26/2013/TT-BYT, Điều 4 khoản 2 điểm a",
            "Thông tư 26/2013/TT-BYT, Điều 4 khoản 3",
        ],
        "earliest": None,
    }


def test_the_donor_of_the_demo_gives_next_in_september_and_in_february() -> None:
    rows = [(date(2026, 6, 14), WHOLE), (date(2026, 11, 20), WHOLE)]

    assert assess(facts(given=rows), ENTRY, on=date(2026, 6, 14)).earliest == date(2026, 9, 6)
    assert assess(facts(given=rows), ENTRY, on=date(2026, 11, 26)).earliest == date(2027, 2, 12)


def test_leap_days() -> None:
    assert birthday(date(2008, 2, 29), 18) == date(2026, 3, 1)
    assert birthday(date(2004, 2, 29), 20) == date(2024, 2, 29)
    assert after(date(2023, 8, 31), {"months": 6}) == date(2024, 2, 29)


days = st.dates(date(2014, 1, 1), date(2026, 6, 14))
events = st.dictionaries(
    st.sampled_from([name.removeprefix("after_") for name in ENTRY.values if name.startswith("after_")]),
    days,
    max_size=4,
)
patient = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
rows = st.lists(st.tuples(days, st.sampled_from(Component)), max_size=5)


WORSE = (Outcome.MAY, Outcome.ASK, Outcome.NOT_YET)
bad = st.fixed_dictionaries(
    {},
    optional={
        "kg": st.just(Decimal("41.9")),
        "hb": st.just(119),
        "systolic": st.just(160),
        "pulse": st.just(91),
        "hours_off": st.just(11),
        "has_condition": st.just(True),
        "carried": st.lists(days, max_size=2),
        "deferred_until": days | st.dates(date(2026, 6, 14), date(2028, 1, 1)),
    },
)


@patient
@given(events, events, rows, bad)
def test_more_against_never_gives_an_earlier_day_nor_a_better_word(
    some: dict[str, date],
    more: dict[str, date],
    given_before: list[tuple[date, Component]],
    against: dict[str, object],
) -> None:
    few = assess(facts(ended=some, given=given_before), ENTRY, on=ON)
    many = assess(facts(ended=more | some, given=given_before, **against), ENTRY, on=ON)

    assert few.earliest is not None
    assert (many.earliest or date.max) >= few.earliest
    assert WORSE.index(many.outcome) >= WORSE.index(few.outcome)


@patient
@given(
    events, rows, st.none() | days, st.lists(days, max_size=2), st.integers(0, 15_000), st.integers(0, 15_000)
)
def test_time_alone_takes_nothing_away_except_by_age(
    some: dict[str, date],
    given_before: list[tuple[date, Component]],
    until: date | None,
    carried: list[date],
    wait: int,
    longer: int,
) -> None:
    told = facts(ended=some, given=given_before, deferred_until=until, carried=carried)
    first, later = ON + timedelta(days=wait), ON + timedelta(days=wait + longer)
    if assess(told, ENTRY, on=first).outcome == Outcome.MAY:
        assert {check.code for check in assess(told, ENTRY, on=later).against} <= {"age"}


@patient
@given(events, rows)
def test_nothing_dated_stands_against_the_earliest_day(
    some: dict[str, date], given_before: list[tuple[date, Component]]
) -> None:
    told = facts(ended=some, given=given_before)
    earliest = assess(told, ENTRY, on=ON).earliest

    assert earliest is not None
    assert {c.found for c in assess(told, ENTRY, on=earliest).checks} == {Found.PASSED}

"""The papers of a round: drafted here, signed and numbered in papers, taking effect when they are issued.

Only the chapter's own: minutes, submission, its decision, invitation, thank-you letter. What others grant
or print is never made here.
"""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from foundation.dates import format_date
from foundation.refusal import Reason, Refused
from ledger.actor import Actor
from ledger.audit import record
from papers.actions import draft_paper
from papers.enums import PaperState
from papers.layout.composing import annex_fields
from papers.models import Paper
from papers.queries import signing_fields
from papers.rules.skeletons import Skeleton, skeletons
from people.models import Unit
from rewards.actions.rounds import granted, sent, waiting_for
from rewards.enums import MANAGE, Grantor, Kind, PaperUse, Step
from rewards.models import Meeting, Nomination, Round, RoundPaper, holder_of
from rewards.permissions import acting_city
from rewards.queries.achievements import achievements
from rewards.queries.seen import awards_of, chapter_unit
from rewards.rules import authorities

SEND, AWARD = "rewards.send", "rewards.award"
SKELETONS = {
    PaperUse.MINUTES: "minutes",
    PaperUse.SUBMISSION: "submission",
    PaperUse.REPORT: "achievement",
    PaperUse.DECISION: "award_decision",
    PaperUse.INVITATION: "invitation",
    PaperUse.THANKS: "thanks",
}


@transaction.atomic
def draft_round_paper(*, by: Actor, cycle: Round, use: str, grantor: str = "") -> RoundPaper:
    """The paper as a draft in papers, its list filled in from the round. Returns it.

    Refuses while one for the same is under way, and when nobody waits for it.
    """
    by = acting_city(by, MANAGE)
    cycle = Round.objects.select_for_update().get(pk=cycle.pk)
    unit = chapter_unit(by.on)
    if unit is None or use not in PaperUse.values:
        raise Refused([_("There is no such paper.")])
    grantor = grantor if use in OF_A_DOSSIER else ""
    open_ones = RoundPaper.objects.filter(round=cycle, use=use, grantor=grantor, paper__state__in=UNDER_WAY)
    if open_ones.exists():
        raise Refused([_("This paper is drafted already and under way.")])
    skeleton = skeletons(by.on)[SKELETONS[PaperUse(use)]]
    values, extra = WORDS[PaperUse(use)](by, cycle, unit, skeleton, grantor)
    typed = {"capacity": "for_body", "on_behalf_of": "Ban Thường vụ", "post": "Chủ tịch", "signer_name": ""}
    values = {**values, **(signing_fields(unit, by.on) or typed)}
    if skeleton.second_post:
        values |= {"second_post": skeleton.second_post, "second_name": ""}
    if skeleton.has_code or use == PaperUse.DECISION:
        values["has_code"] = 1
    paper = draft_paper(by=by, unit=unit, kind=skeleton.kind, values=values, **extra)
    made = RoundPaper(round=cycle, use=use, grantor=grantor, paper=paper)
    made.full_clean()
    made.save()
    record(by=by, act="rewards.draft_paper", subject=made, after={"use": use, "paper": paper.pk})
    return made


OF_A_DOSSIER = (PaperUse.SUBMISSION, PaperUse.REPORT)
UNDER_WAY = (PaperState.DRAFT, PaperState.SUBMITTED, PaperState.RETURNED, PaperState.SIGNED)
Words = tuple[dict[str, Any], dict[str, Any]]


def submission(by: Actor, cycle: Round, unit: Unit, skeleton: Skeleton, grantor: str) -> Words:
    """Tờ trình to one authority; its issue sends the dossier."""
    if grantor not in authorities(by.on) or grantor == Grantor.CHAPTER:
        raise Refused([Reason(_("No dossier goes to this authority."), field="grantor")])
    going = waiting_for(cycle, grantor)
    if not going:
        raise Refused([Reason(_("Nobody in this round waits for this authority."), field="grantor")])
    addressee = str(authorities(by.on)[grantor]["addressee"])
    values = told(
        skeleton,
        unit,
        {
            "[nơi trình]": addressee,
            "[nội dung]": "người hiến máu tình nguyện tiêu biểu",
            "[số]": f"{len(going):02}",
            "ngày [ngày họp]": _met(going),
            "[quy định, hướng dẫn]": cited(going, cycle),
        },
    ) | annexed(skeleton, going, cycle.cut_off)
    data = {"round": cycle.pk, "grantor": grantor, "nominations": [one.pk for one in going]}
    return values, {"effect": SEND, "effect_data": data}


def report(by: Actor, cycle: Round, unit: Unit, skeleton: Skeleton, grantor: str) -> Words:
    """The achievement report of a dossier: what each has reached, holds already, and who confirms it."""
    if grantor not in authorities(by.on) or grantor == Grantor.CHAPTER:
        raise Refused([Reason(_("No dossier goes to this authority."), field="grantor")])
    going = waiting_for(cycle, grantor)
    if not going:
        raise Refused([Reason(_("Nobody in this round waits for this authority."), field="grantor")])
    who = "người hiến máu tình nguyện" if all(one.person for one in going) else "cá nhân, tập thể"
    words = {
        "[nơi trình]": str(authorities(by.on)[grantor]["addressee"]),
        "[đối tượng]": who,
        "[số]": f"{len(going):02}",
        "[ngày]": format_date(cycle.cut_off),
        "[quy định, hướng dẫn]": cited(going, cycle),
    }
    rows = achievements(going, cycle.cut_off)
    return told(skeleton, unit, words) | annex_fields(skeleton.annex_title, skeleton.annex_head, rows), {}


def decision(by: Actor, cycle: Round, unit: Unit, skeleton: Skeleton, _grantor: str) -> Words:
    """The chapter's own decision; its issue grants."""
    going = waiting_for(cycle, Grantor.CHAPTER)
    if not going:
        raise Refused([_("Nobody in this round waits for the chapter's decision.")])
    money = sum(one.rung.bonus_vnd for one in going)
    values = told(
        skeleton,
        unit,
        {
            "[nội dung]": "người hiến máu tình nguyện",
            "[số]": f"{len(going):02}",
            "ngày [ngày họp]": _met(going),
            "Mức thưởng: [mức]; nguồn kinh phí: [nguồn].": (
                "Mức thưởng: theo quy chế của Hội; nguồn kinh phí: [nguồn]."
                if money
                else "Không kèm tiền thưởng."
            ),
        },
    ) | annexed(skeleton, going, cycle.cut_off)
    data = {"round": cycle.pk, "nominations": [one.pk for one in going]}
    return values, {"effect": AWARD, "effect_data": data}


def minutes(by: Actor, cycle: Round, unit: Unit, skeleton: Skeleton, _grantor: str) -> Words:
    """Minutes of the round's last meeting, with the votes on each."""
    meeting = cycle.meetings.filter(undone_on=None).order_by("-held_on", "-pk").first()
    if meeting is None:
        raise Refused([_("Enter the meeting with its votes first.")])
    voted = list(meeting.nominations.select_related(*holder_of(), "unit", "rung").order_by(*ORDER))
    day = format_date(meeting.held_on)
    values = told(
        skeleton,
        unit,
        {
            "ngày [ngày]. Địa điểm": f"ngày {day}. Địa điểm",
            "vào [giờ] ngày [ngày]": f"vào [giờ] ngày {day}",
            "[số] thành viên": f"{meeting.present}/{meeting.members} thành viên",
            "[nội dung]": f"xét {len(voted):02} đề nghị khen thưởng của {cycle.name}",
            "[x]/[y]": _least(meeting, voted),
        },
    ) | annex_fields(
        "Kết quả biểu quyết",
        ["STT", "Họ và tên", "Đơn vị", "Mốc", "Hình thức đề nghị", "Biểu quyết", "Kết quả"],
        [
            (
                n,
                one.holder,
                one.unit.name if one.unit else None,
                one.rung.threshold,
                one.rung.honour or "Chưa quyết định",
                f"{one.votes_for}/{one.votes_cast}",
                "Không đồng ý" if one.step == Step.REFUSED else "Đồng ý",
            )
            for n, one in enumerate(voted, 1)
        ],
    )
    return values, {}


def invitation(by: Actor, cycle: Round, unit: Unit, skeleton: Skeleton, _grantor: str) -> Words:
    """The invitation to the ceremony with the list of the invited; each gets a sheet of their own."""
    invited = list(
        cycle.invitations.select_related(
            *holder_of("award__nomination__"), "award__nomination__unit"
        ).order_by("order")
    )
    if not invited:
        raise Refused([_("Make the invitations first.")])
    values = told(
        skeleton,
        unit,
        {
            "Ông/Bà [tên]": "Ông/Bà có tên trong danh sách kèm theo",
            "[sự kiện]": cycle.name,
            "[giờ, ngày]": f"[giờ], ngày {format_date(cycle.ceremony_on)}",
            "[nơi]": cycle.place or "[nơi]",
        },
    ) | annex_fields(
        "Danh sách khách mời",
        ["STT", "Họ và tên", "Đơn vị", "Ghế"],
        [
            (
                one.order,
                one.award.nomination.holder,
                one.award.nomination.unit.name if one.award.nomination.unit else None,
                one.seat,
            )
            for one in invited
        ],
    )
    return values, {}


def thanks(by: Actor, cycle: Round, unit: Unit, skeleton: Skeleton, _grantor: str) -> Words:
    """The thank-you letter to everybody honoured in the round."""
    awards = [award.nomination for award in awards_of(cycle).filter(revoked_on=None)]
    if not awards:
        raise Refused([_("Nobody of this round has been honoured yet.")])
    values = told(
        skeleton,
        unit,
        {
            "Ông/Bà [tên]": "Ông/Bà có tên trong danh sách kèm theo" if len(awards) > 1 else awards[0].holder,
            "[việc làm]": "nhiều lần hiến máu tình nguyện",
            "[ý nghĩa]": "giữ lại sự sống cho nhiều người bệnh",
        },
    )
    return values, {"recipients": [(one.collective or one.person, one.holder) for one in awards]}


WORDS = {
    PaperUse.MINUTES: minutes,
    PaperUse.SUBMISSION: submission,
    PaperUse.REPORT: report,
    PaperUse.DECISION: decision,
    PaperUse.INVITATION: invitation,
    PaperUse.THANKS: thanks,
}
ORDER = ("rung__kind", "rung__threshold", "person__sort_key", "pk")


def told(skeleton: Skeleton, unit: Unit, words: dict[str, str]) -> dict[str, Any]:
    """The skeleton's fields with these words put in; what only the officer knows stays in [brackets]."""
    filled = skeleton.filled({"issuer": unit.name})

    def put(text: str) -> str:
        for left, right in words.items():
            text = text.replace(left, right)
        return text

    return {
        "abstract": put(str(filled["abstract"])),
        "authority": str(filled["authority"]),
        "addressees": "\n".join(dict.fromkeys(put(line) for line in filled["addressees"])),
        "grounds": "\n".join(put(line) for line in filled["grounds"]),
        "body": put(str(filled["body"])),
        "receivers": "\n".join(filled["receivers"]),
    }


def annexed(skeleton: Skeleton, going: Sequence[Nomination], cut_off: date) -> dict[str, str]:
    """The list of people, rung by rung, then by name; families, mobilisers and groups in a list of their own.

    No identity number, no phone.
    """
    people = [one for one in going if one.rung.kind in BY_TURNS]
    others = [one for one in going if one.rung.kind not in BY_TURNS]
    lists: list[tuple[str, list[str], Iterable[Sequence[object]]]] = []
    if people:
        lists.append(people_list(skeleton, people, cut_off))
    if others:
        lists.append(others_list(skeleton, others, cut_off))
    fields: dict[str, str] = {}
    for place, (title, head, rows) in enumerate(lists, 1):
        fields |= annex_fields(title, head, rows, place=place)
    return fields


def people_list(
    skeleton: Skeleton, going: Sequence[Nomination], cut_off: date
) -> tuple[str, list[str], Iterable[Sequence[object]]]:
    """Title, head and rows of those honoured for their own donations."""
    head = [text.replace("[ngày]", format_date(cut_off)) for text in skeleton.annex_head]
    units = dict(Unit.objects.filter(pk__in={one.unit_id for one in going}).values_list("pk", "name"))
    ordered = sorted(going, key=lambda one: (one.rung.kind, one.rung.threshold, one.sort_key, one.pk))
    rows = [
        (
            n,
            one.holder,
            one.person.birth_year if one.person and not one.family else None,
            units.get(one.unit_id or 0),
            one.count,
            one.rung.honour or "Chưa quyết định",
            "Truy tặng" if one.is_posthumous else None,
        )
        for n, one in enumerate(ordered, 1)
    ]
    return skeleton.annex_title, head, rows


def others_list(
    skeleton: Skeleton, going: Sequence[Nomination], cut_off: date
) -> tuple[str, list[str], Iterable[Sequence[object]]]:
    """Title, head and rows of families, mobilisers and groups, each with what it has reached."""
    form = skeleton.annex_head[5]
    head = ["STT", "Tên", "Loại", "Đơn vị", f"Kết quả (tính đến ngày {format_date(cut_off)})", form]
    units = dict(Unit.objects.filter(pk__in={one.unit_id for one in going}).values_list("pk", "name"))
    ordered = sorted(going, key=lambda one: (one.rung.kind, one.rung.threshold, one.sort_key, one.pk))
    rows = [
        (
            n,
            one.holder,
            OTHERS[one.rung.kind][0],
            None if one.collective else units.get(one.unit_id or 0),
            OTHERS[one.rung.kind][1].format(count=one.count, year=one.occasion),
            one.rung.honour or "Chưa quyết định",
        )
        for n, one in enumerate(ordered, 1)
    ]
    return f"{skeleton.annex_title} (gia đình, người vận động, tập thể)", head, rows


BY_TURNS = (Kind.INDIVIDUAL, Kind.EMERGENCY)
# Names of lists are Vietnamese data of the paper, as the words of the skeletons are.
OTHERS: dict[str, tuple[str, str]] = {
    Kind.FAMILY: ("Gia đình", "{count} lượt hiến máu"),
    Kind.MOBILISER: ("Người vận động", "{count} người hiến máu trong năm {year}"),
    Kind.COLLECTIVE: ("Tập thể", "{count}% chỉ tiêu năm {year}"),
}


def cited(going: Sequence[Nomination], cycle: Round) -> str:
    """The articles the rungs rest on, and the guidance letter."""
    found = dict.fromkeys(one.rung.citation for one in going)
    return "; ".join([*found, *([cycle.guidance] if cycle.guidance else [])])


def _met(going: Sequence[Nomination]) -> str:
    meeting = Meeting.objects.filter(pk__in={one.meeting_id for one in going}).order_by("-held_on").first()
    return f"ngày {format_date(meeting.held_on)}" if meeting else "ngày [ngày họp]"


def _least(meeting: Meeting, voted: Sequence[Nomination]) -> str:
    """ "9/9", or the lowest count of votes where they differ: "từ 7/9"."""
    votes = sorted({one.votes_for or 0 for one in voted})
    return f"{votes[0]}/{meeting.present}" if len(votes) == 1 else f"từ {votes[0]}/{meeting.present}"


@transaction.atomic
def send(*, by: Actor, paper: Paper) -> None:
    """The submission is issued: its dossier is on its way. Called by papers (papers.effects)."""
    cycle, going = _as_listed(paper, str(paper.effect_data["grantor"]))
    sent(by, cycle, str(paper.effect_data["grantor"]), paper.number_text, paper.issued_on or by.on, going)


@transaction.atomic
def award(*, by: Actor, paper: Paper) -> None:
    """The chapter's decision is issued: everybody on its list is honoured. Called by papers."""
    _cycle, going = _as_listed(paper, Grantor.CHAPTER)
    granted(by, going, paper.number_text, paper.issued_on or by.on)


def _as_listed(paper: Paper, grantor: str) -> tuple[Round, list[Nomination]]:
    """The round and the people who wait; refuses when they are not those of the annexed list."""
    cycle = Round.objects.select_for_update().get(pk=paper.effect_data["round"])
    going = waiting_for(cycle, grantor)
    if sorted(one.pk for one in going) != sorted(paper.effect_data["nominations"]):
        text = _("The list has changed since: give this draft up and draft the paper anew.")
        raise Refused([text])
    return cycle, going

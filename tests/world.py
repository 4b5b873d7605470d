"""One of everything that an address can name, so that every page can be asked for."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.files.base import ContentFile

from donors.models import Donation, Drive
from evaluations.models import Evidence, Rating, SheetLine, StaffFact
from foundation.dates import today
from letters.models import Letter
from members.actions import change_life
from members.actions.dues_campaigns import grant_reliefs
from members.actions.dues_money import remit_dues
from members.actions.life import Wanted
from members.enums import PayWay
from members.models import (
    Admission,
    Application,
    Congress,
    DuesCampaign,
    DuesProposal,
    DuesReceipt,
    DuesRelief,
    DuesRemittance,
    LifeAct,
    Membership,
    Transfer,
)
from news.actions import comment_on_post
from news.models import Album, Document, Example, OldSite, Post, PostFile, Receipt, RoyaltyRate, Video
from papers.models import Paper
from people.actions.bodies import ask_recognition
from people.actions.imports import take_in_list
from people.actors import system_actor
from people.models import Approval, ImportBatch, Merge, OfficeGrant, Pair, Person, Seat, UnitAct
from tests.conftest import Cast
from tests.factories import (
    documents,
    donors,
    drives,
    dues,
    evaluations,
    letters,
    members,
    news,
    papers,
    people,
    rewards,
    volunteers,
)
from tests.world_documents import DOCUMENT_ROUTES


@dataclass(frozen=True)
class World:
    cast: Cast
    person: Person
    grant: OfficeGrant
    post: Post
    album: Album
    video: Video
    post_file: PostFile
    old_site: OldSite
    royalty_rate: RoyaltyRate
    letter: Letter
    act: UnitAct
    plan: UnitAct
    seat: Seat
    approval: Approval
    pair: Pair
    batch: ImportBatch
    merge: Merge
    paper: Paper
    application: Application
    admission: Admission
    membership: Membership
    dues: DuesCampaign
    receipt: DuesReceipt
    remittance: DuesRemittance
    relief: DuesRelief
    proposal: DuesProposal
    donation: Donation
    life_act: LifeAct
    transfer: Transfer
    drive: Drive
    congress: Congress
    rating: Rating
    pay_line: SheetLine
    document: Document
    year_rating: Rating
    evidence: Evidence
    fact: StaffFact
    arrived: Receipt
    example: Example


def make_world(cast: Cast) -> World:
    seat = people.seat(cast.member, cast.ward)
    one = people.person("Hai Người Một", cast.ward, with_user=False)
    other = people.person("Hai Người Hai", cast.ward, with_user=False)
    membership = members.member(cast.member, cast.ward)
    payer = people.person("Người Nộp Phí", cast.ward, with_user=False)
    members.member(payer, cast.ward)
    campaign = dues.campaign(cast.ward, today().year)
    (relief,) = grant_reliefs(
        by=system_actor(),
        campaign=campaign,
        people=[payer],
        percent=50,
        reason="poor",
        decision="05/NQ-BCH",
        decided_on=today(),
    )
    dues.receipt(campaign, cast.ward, today(), most=1)
    remittance = remit_dues(by=system_actor(), unit=cast.ward, made_on=today(), how=PayWay.CASH)
    rating = evaluations.rated(cast.ward)
    return World(
        cast=cast,
        person=cast.member,
        grant=cast.unit_officer.offices.get(),
        post=news.published(cast.ward),
        album=news.album(cast.ward),
        video=news.video(cast.ward),
        post_file=news.post_file(cast.ward),
        old_site=news.old_site(cast.ward),
        royalty_rate=news.royalty_rate(cast.city),
        letter=letters.letter(unit_code=cast.ward.code),
        act=people.act(cast.ward),
        plan=people.plan(cast.ward),
        seat=seat,
        approval=ask_recognition(by=system_actor(), body=seat.body),
        pair=Pair.objects.create(one=one, other=other, score=80),
        batch=take_in_list(
            by=people.actor(cast.unit_officer),
            unit=cast.ward,
            file=ContentFile("Họ và tên,Năm sinh\nNguyễn Văn Mẫu,1980\n".encode(), "danh-sach.csv"),
            source="Chi hội",
            ground="agreement",
        ),
        merge=Merge.objects.create(kept=one, absorbed=other),
        paper=papers.drafted(system_actor(), cast.ward),
        application=members.application(members.branch(cast.ward)),
        admission=members.batch(cast.ward, members.application(cast.ward, "Người Chờ Quyết Định")),
        membership=membership,
        dues=campaign,
        receipt=dues.receipt(campaign, cast.ward, today()),
        remittance=remittance,
        relief=relief,
        proposal=_proposal(campaign),
        donation=donors.donation(donors.donor(cast.member, cast.ward), cast.ward, date(2026, 6, 14)),
        life_act=change_life(
            by=system_actor(), membership=membership, wanted=Wanted("pause", today(), "away")
        ),
        transfer=members.transfer(
            members.member(people.person("Người Chuyển Đi", cast.ward, with_user=False), cast.ward),
            cast.other_ward,
        ),
        drive=drives.opened(cast.ward),
        congress=volunteers.congress(cast.ward),
        rating=rating,
        pay_line=evaluations.paid(rating),
        document=documents.published(cast.ward),
        year_rating=evaluations.in_a_year(cast.ward),
        evidence=evaluations.evidence(rating),
        fact=evaluations.fact(rating.employment),
        arrived=documents.receipt(cast.city),
        example=documents.shown_example(cast.ward),
    )


def _proposal(campaign: DuesCampaign) -> DuesProposal:
    """A list of removals with one name on it."""
    (membership,) = dues.members(1, campaign.unit, since=date(2025, 7, 1))
    made = DuesProposal.objects.create(campaign=campaign, last_year=0)
    made.lines.create(membership=membership, person=membership.person, branch=campaign.unit)
    return made


# The arguments of every address that takes some. A page that is missing here fails the walk.
ROUTES: dict[str, Callable[[World], dict[str, Any]]] = {
    "news_article": lambda w: {"slug": w.post.slug},
    "news_category": lambda w: {"slug": w.post.category.slug},
    "album": lambda w: {"slug": w.album.slug},
    "news_tag": lambda w: {"slug": "hien-mau"},
    "news_programme": lambda w: {"slug": "tet-nhan-ai"},
    "news_unit": lambda w: {"code": w.cast.ward.code},
    "news_year": lambda w: {"year": 2026},
    **{
        f"{kind}_{form}": lambda w: {"key": "hien-mau"}
        for kind in ("category", "tag", "programme", "unit")
        for form in ("feed", "atom")
    },
    **{name: lambda w: {"key": 2026} for name in ("year_feed", "year_atom")},
    "sitemap_posts": lambda w: {"part": 1},
    "front_lead": lambda w: {"pk": w.post.pk},
    "front_end": lambda w: {"pk": w.post.pk},
    **{
        name: lambda w: {"pk": w.album.pk}
        for name in ("album_edit", "album_preview", "album_publish", "album_take_down")
    },
    **{
        name: lambda w: {"pk": w.album.items.get().picture_id}
        for name in ("picture_edit", "picture_withdraw", "picture_delete")
    },
    "post_file": lambda w: {"pk": w.post_file.pk},
    "post_file_open": lambda w: {"pk": w.post_file.pk},
    "post_file_remove": lambda w: {"pk": w.post_file.pk},
    "video_edit": lambda w: {"pk": w.video.pk},
    "video_withdraw": lambda w: {"pk": w.video.pk},
    "video_captions": lambda w: {"digest": "0" * 32},
    "old_site": lambda w: {"pk": w.old_site.pk},
    "royalty_confirm": lambda w: {"pk": w.royalty_rate.pk},
    "picture_file": lambda w: {"name": f"ab/{'0' * 32}-480.jpg"},
    "video_file": lambda w: {"name": f"ab/{'0' * 32}.mp4"},
    "post_edit": lambda w: {"pk": w.post.pk},
    "post_preview": lambda w: {"pk": w.post.pk},
    "post_pulse": lambda w: {"pk": w.post.pk},
    "post_forget": lambda w: {"pk": w.post.pk},
    "post_take_over": lambda w: {"pk": w.post.pk},
    "post_let_go": lambda w: {"pk": w.post.pk},
    "post_comment": lambda w: {"pk": w.post.pk},
    "post_history": lambda w: {"pk": w.post.pk},
    "post_compare": lambda w: {"pk": w.post.pk},
    "post_preview_page": lambda w: {"pk": w.post.pk},
    "post_approve": lambda w: {"pk": w.post.pk},
    "post_archive": lambda w: {"pk": w.post.pk},
    "post_unarchive": lambda w: {"pk": w.post.pk},
    "post_correct": lambda w: {"pk": w.post.pk},
    "post_settle": lambda w: {
        "pk": w.post.pk,
        "comment": comment_on_post(by=system_actor(), post=w.post, text="Thiếu ảnh").pk,
    },
    "post_restore": lambda w: {"pk": w.post.pk, "number": 1},
    "post_box": lambda w: {"kind": "picture"},
    "post_propose": lambda w: {"pk": w.post.pk},
    "post_return": lambda w: {"pk": w.post.pk},
    "post_publish": lambda w: {"pk": w.post.pk},
    "post_withdraw": lambda w: {"pk": w.post.pk},
    **{
        name: lambda w: {"pk": w.rating.cycle_id}
        for name in (
            *("rating_cycle", "rating_grid", "rating_summary", "rating_step", "rating_publish"),
            "rating_move",
            *("rating_fund", "pay_sheet_make"),
        )
    },
    "rating_minutes": lambda w: {"pk": w.rating.cycle_id, "minutes": w.rating.cycle.minutes.get().pk},
    **{
        name: lambda w: {"key": w.rating.key}
        for name in (
            *("rating", "rating_score", "rating_decide", "rating_reopen", "rating_answer", "rating_exempt"),
            *("mine_rating", "mine_petition", "mine_comment"),
        )
    },
    "staff": lambda w: {"pk": w.rating.employment_id},
    "staff_fact_new": lambda w: {"pk": w.rating.employment_id},
    "staff_fact": lambda w: {"pk": w.fact.pk},
    "rating_year": lambda w: {"key": w.year_rating.key},
    **{
        name: lambda w: {"key": w.rating.key, "evidence": w.evidence.pk}
        for name in ("rating_evidence", "mine_evidence")
    },
    **{
        name: lambda w: {"key": w.pay_line.sheet.key}
        for name in (
            *("pay_sheet", "pay_sheet_close", "pay_sheet_check", "pay_csv_columns"),
            *("pay_sheet_excel", "pay_sheet_pdf", "pay_sheet_csv"),
        )
    },
    "pay_line": lambda w: {"key": w.pay_line.sheet.key, "line": w.pay_line.pk},
    "donation_decide": lambda w: {"pk": w.donation.pk},
    "donor": lambda w: {"code": w.donation.donor.code},
    "letter_detail": lambda w: {"pk": w.letter.pk},
    "letter_retry": lambda w: {"pk": w.letter.pk},
    "letter_cancel": lambda w: {"pk": w.letter.pk},
    "letter_told": lambda w: {"pk": w.letter.pk},
    "letter_arrived": lambda w: {"pk": w.letter.pk},
    "duplicate_pair": lambda w: {"pk": w.pair.pk},
    "duplicate_apart": lambda w: {"pk": w.pair.pk},
    "duplicate_merge": lambda w: {"pk": w.pair.pk},
    "merge_undo": lambda w: {"pk": w.merge.pk},
    "import_try": lambda w: {"pk": w.batch.pk},
    "import_columns": lambda w: {"pk": w.batch.pk},
    "import_header": lambda w: {"pk": w.batch.pk},
    "import_run": lambda w: {"pk": w.batch.pk},
    "import_cancel": lambda w: {"pk": w.batch.pk},
    "import_result": lambda w: {"pk": w.batch.pk},
    "paper": lambda w: {"key": w.paper.key},
    "act_decide": lambda w: {"pk": w.plan.pk},
    "paper_receive": lambda w: {"key": w.paper.key},
    "paper_edit": lambda w: {"key": w.paper.key},
    "paper_pdf": lambda w: {"key": w.paper.key},
    "paper_docx": lambda w: {"key": w.paper.key},
    "paper_scan": lambda w: {"key": w.paper.key},
    "paper_submit": lambda w: {"key": w.paper.key},
    "paper_cancel": lambda w: {"key": w.paper.key},
    "paper_sign": lambda w: {"key": w.paper.key},
    "paper_return": lambda w: {"key": w.paper.key},
    "paper_number": lambda w: {"key": w.paper.key},
    "paper_external": lambda w: {"key": w.paper.key},
    "paper_scan_add": lambda w: {"key": w.paper.key},
    "paper_end": lambda w: {"key": w.paper.key},
    "paper_book": lambda w: {"pk": w.cast.ward.pk, "year": 2026},
    "paper_head": lambda w: {"code": w.cast.ward.code},
    "proof": lambda w: {"code": "khong-co"},
    "job_page": lambda w: {"task": "people.find_duplicates"},
    "job_replay": lambda w: {"task": "people.find_duplicates"},
    "mine_letter": lambda w: {"pk": 0},
    "person_edit": lambda w: {"key": w.person.key},
    "person_reveal": lambda w: {"key": w.person.key},
    "person_panel": lambda w: {"key": w.person.key, "panel": "don-vi"},
    "export": lambda w: {"pk": 0},
    "stored_file": lambda w: {"key": w.person.key},
    "mine_consent": lambda w: {"purpose": "messages"},
    "data_request": lambda w: {"pk": 0},
    "data_request_decide": lambda w: {"pk": 0},
    "person": lambda w: {"key": w.person.key},
    "person_account": lambda w: {"key": w.person.key},
    "person_code": lambda w: {"key": w.person.key},
    "account_reset_password_from_key": lambda w: {"uidb36": "1", "key": "none"},
    "mfa_edit_webauthn": lambda w: {"pk": 0},
    "mfa_remove_webauthn": lambda w: {"pk": 0},
    "unit": lambda w: {"code": w.cast.ward.code},
    "act": lambda w: {"pk": w.act.pk},
    "act_add": lambda w: {"pk": w.act.pk, "what": "nguyen"},
    "act_drop": lambda w: {"pk": w.act.pk},
    "act_confirm": lambda w: {"pk": w.act.pk},
    "act_cancel": lambda w: {"pk": w.act.pk},
    "act_retry": lambda w: {"pk": w.act.pk},
    "act_file": lambda w: {"pk": w.act.pk},
    "approval": lambda w: {"pk": w.approval.pk},
    "body": lambda w: {"pk": w.seat.body_id},
    "body_member": lambda w: {"pk": w.seat.body_id},
    "body_end": lambda w: {"pk": w.seat.body_id},
    "body_ask": lambda w: {"pk": w.seat.body_id},
    "body_recognise": lambda w: {"pk": w.seat.body_id},
    "recognition_draft": lambda w: {"pk": w.approval.pk},
    "body_recognition": lambda w: {"pk": w.approval.pk},
    "seat_leave": lambda w: {"pk": w.seat.pk},
    "seat_charge": lambda w: {"pk": w.seat.pk},
    "drive": lambda w: {"pk": w.drive.pk},
    "donation_photo": lambda w: {"pk": w.donation.pk},
    "donor_act": lambda w: {"code": w.donation.donor.code, "act": "san-sang"},
    "donor_confirmation": lambda w: {"pk": 0},
    "donor_count": lambda w: {"code": "khong-co"},
    "donor_family": lambda w: {"pk": 0},
    "family_leave": lambda w: {"pk": 0},
    "local_rule_end": lambda w: {"pk": 0},
    "mine_confirmation": lambda w: {"pk": 0},
    "mine_donor_act": lambda w: {"act": "the"},
    "donation_list": lambda w: {"pk": 0},
    "donation_list_columns": lambda w: {"pk": 0},
    "donation_list_header": lambda w: {"pk": 0},
    "donation_list_result": lambda w: {"pk": 0},
    "donation_queue": lambda w: {"pk": 0},
    "donation_list_act": lambda w: {"pk": 0, "act": "ghi"},
    "donor_lines": lambda w: {"pk": w.drive.pk},
    "line_find": lambda w: {"pk": w.drive.pk},
    "line_save": lambda w: {"pk": w.drive.pk},
    "drive_public": lambda w: {"pk": w.drive.pk},
    "mine_drive": lambda w: {"pk": w.drive.pk},
    "drive_edit": lambda w: {"pk": w.drive.pk},
    "drive_list": lambda w: {"pk": w.drive.pk},
    "drive_cancel": lambda w: {"pk": w.drive.pk},
    "drive_count": lambda w: {"pk": w.drive.pk},
    "drive_copy": lambda w: {"pk": w.drive.pk},
    "drive_compare": lambda w: {"pk": w.drive.pk},
    "drive_compare_list": lambda w: {"pk": w.drive.pk},
    "drive_compare_again": lambda w: {"pk": w.drive.pk},
    "drive_compare_row": lambda w: {"pk": 0},
    "drive_compare_finish": lambda w: {"pk": w.drive.pk},
    "drive_sign_up": lambda w: {"pk": w.drive.pk},
    "drive_papers": lambda w: {"pk": w.drive.pk},
    "drive_post_draft": lambda w: {"pk": w.drive.pk},
    "drive_paper_draft": lambda w: {"pk": w.drive.pk, "kind": "plan"},
    "call": lambda w: {"pk": 0},
    "call_start": lambda w: {"pk": 0},
    "call_stop": lambda w: {"pk": 0},
    "checkin_open": lambda w: {"pk": w.drive.pk},
    "checkin_revoke": lambda w: {"pk": 0},
    "checkin_settle": lambda w: {"pk": 0},
    "drive_step": lambda w: {"pk": w.drive.pk, "step": "bat-dau"},
    "join_step": lambda w: {"step": "ban-than"},
    "application": lambda w: {"key": w.application.key},
    "application_opinion": lambda w: {"key": w.application.key},
    "application_step": lambda w: {"key": w.application.key, "step": "hoi-them"},
    "application_approval": lambda w: {"pk": w.application.approval_id},
    "admission": lambda w: {"pk": w.admission.pk},
    "admission_decision": lambda w: {"pk": w.admission.pk},
    "admission_ceremony": lambda w: {"pk": w.admission.pk},
    "admission_cards": lambda w: {"pk": w.admission.pk},
    "life_act": lambda w: {"pk": w.membership.pk, "act": "resume"},
    "life_undo": lambda w: {"pk": w.life_act.pk},
    "membership_card": lambda w: {"pk": w.membership.pk},
    "membership_rejoin": lambda w: {"pk": w.membership.pk},
    "transfer_new": lambda w: {"pk": w.membership.pk},
    "card_print": lambda w: {"pk": w.membership.cards.get().pk},
    "card_step": lambda w: {"pk": w.membership.cards.get().pk, "step": "trao"},
    "transfer": lambda w: {"pk": w.transfer.pk},
    "transfer_approval": lambda w: {"pk": w.transfer.approval_id},
    "transfer_step": lambda w: {"pk": w.transfer.pk, "step": "thoi"},
    "mine_transfer": lambda w: {"pk": w.membership.pk},
    "member_book": lambda w: {"code": w.cast.ward.code},
    "member_list": lambda w: {"code": "hoi-vien"},
    "member_list_export": lambda w: {"code": "hoi-vien"},
    "member_list_print": lambda w: {"code": "hoi-vien"},
    "member_list_paper": lambda w: {"code": "hoi-vien"},
    "volunteer_step": lambda w: {"key": w.person.key, "step": "ky-nang"},
    "mine_volunteer_step": lambda w: {"step": "ky-nang"},
    "skill_step": lambda w: {"pk": 0, "step": "bo"},
    "title_revoke": lambda w: {"pk": 0},
    "service_drop": lambda w: {"pk": 0},
    "congress": lambda w: {"pk": w.congress.pk},
    "congress_edit": lambda w: {"pk": w.congress.pk},
    "congress_seats": lambda w: {"pk": w.congress.pk},
    "congress_branch": lambda w: {"pk": w.congress.pk, "code": w.cast.ward.code},
    "congress_credentials": lambda w: {"pk": w.congress.pk},
    "congress_print": lambda w: {"pk": w.congress.pk},
    "congress_cards": lambda w: {"pk": w.congress.pk},
    "congress_results": lambda w: {"pk": w.congress.pk},
    "congress_close": lambda w: {"pk": w.congress.pk},
    "delegate_step": lambda w: {"pk": 0, "step": "den"},
    "result_drop": lambda w: {"pk": 0},
    "mine_transfer_cancel": lambda w: {"pk": w.transfer.pk},
    "reward_ceremony": lambda w: {"pk": 0},
    "reward_ceremony_print": lambda w: {"pk": 0, "what": "ghe"},
    "reward_round_pdf": lambda w: {"pk": 0, "what": "giay-moi"},
    "reward_sheets": lambda w: {"pk": 0},
    "reward_sheets_cancel": lambda w: {"pk": 0},
    "reward_sheets_file": lambda w: {"pk": 0},
    "reward_invitation": lambda w: {"key": w.person.key},
    "reward_invitation_act": lambda w: {"key": w.person.key, "act": "trao"},
    "reward_invitation_public": lambda w: {"key": w.person.key},
    "reward_certificate": lambda w: {"pk": 0},
    "mine_certificate": lambda w: {"pk": 0},
    "gift": lambda w: {"pk": 0},
    "gift_act": lambda w: {"pk": 0, "act": "kiem-ke"},
    "gift_drive": lambda w: {"pk": w.drive.pk},
    "reward_title_person": lambda w: {"pk": evaluations.made_final(w.year_rating).person_id, "year": 2026},
    "reward_title_revoke": lambda w: {"pk": rewards.title(w.person, w.cast.ward).pk},
    "reward_nomination": lambda w: {"key": w.person.key},
    "reward_nomination_act": lambda w: {"key": w.person.key, "act": "rut"},
    "reward_round": lambda w: {"pk": 0},
    "reward_round_act": lambda w: {"pk": 0, "act": "moi"},
    "reward_dossier": lambda w: {"pk": 0},
    "reward_dossier_act": lambda w: {"pk": 0, "act": "quyet-dinh"},
    "reward_dossier_file": lambda w: {"pk": 0},
    "reward_policy": lambda w: {"pk": 0},
    "reward_policy_simulate": lambda w: {"pk": 0},
    "reward_policy_act": lambda w: {"pk": 0, "act": "moc"},
    "reward_policy_file": lambda w: {"pk": 0},
    "reward_run": lambda w: {"pk": 0},
    "reward_run_act": lambda w: {"pk": 0, "act": "huy"},
    "reward_finding": lambda w: {"pk": 0},
    "reward_finding_act": lambda w: {"pk": 0, "act": "theo"},
    "office_end": lambda w: {"pk": w.grant.pk},
    "dues_campaign": lambda w: {"pk": w.dues.pk},
    "dues_reconcile": lambda w: {"pk": w.dues.pk},
    "dues_close": lambda w: {"pk": w.dues.pk},
    "dues_reliefs": lambda w: {"pk": w.dues.pk},
    "dues_relief_end": lambda w: {"pk": w.relief.pk},
    "dues_unpaid": lambda w: {"pk": w.dues.pk},
    "dues_branch": lambda w: {"pk": w.dues.pk, "code": w.cast.ward.code},
    "dues_tick": lambda w: {"pk": w.dues.pk, "code": w.cast.ward.code},
    "dues_receipt_new": lambda w: {"pk": w.dues.pk, "code": w.cast.ward.code},
    "dues_sheet": lambda w: {"pk": w.dues.pk, "code": w.cast.ward.code},
    "dues_remit": lambda w: {"pk": w.dues.pk},
    "dues_receipt": lambda w: {"pk": w.receipt.pk},
    "dues_remittance": lambda w: {"pk": w.remittance.pk},
    "dues_removals_new": lambda w: {"pk": w.dues.pk},
    "dues_removals": lambda w: {"pk": w.proposal.pk},
    "dues_removals_step": lambda w: {"pk": w.proposal.pk, "step": "trinh"},
    "dues_removals_decide": lambda w: {"pk": w.approval.pk},
    "dues_handover": lambda w: {"code": w.cast.ward.code},
    "life_report_new": lambda w: {"pk": w.membership.pk, "what": "tu-tran"},
    "life_report": lambda w: {"pk": w.approval.pk},
    "dues_confirm": lambda w: {"pk": w.remittance.approval_id},
    **DOCUMENT_ROUTES,
}

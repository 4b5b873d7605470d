"""The menus of the three faces. A menu shows only what exists and may be opened."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from ledger.actor import Actor
from people.rules import offices_that_may


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of a menu: shown to those who hold one of `rights` (empty: to all)."""

    label: Promise | str
    name: str
    icon: str
    rights: tuple[str, ...] = ()
    group: Promise | str = ""
    # Other pages that belong to it, where their addresses do not begin with its own.
    also: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Item:
    label: str
    url: str
    icon: str
    is_current: bool
    badge: int | None = None
    group: str = ""


PUBLIC = (
    Entry(_("Home"), "home", "home"),
    Entry(_("News"), "news_list", "news"),
    Entry(_("Blood donation"), "blood_home", "drop"),
    Entry(pgettext_lazy("news", "Documents"), "document_list", "document"),
    Entry(_("Take part"), "join", "users"),
)
FOOTER = (
    *PUBLIC,
    Entry(_("Good examples"), "example_list", "star"),
    Entry(_("Albums"), "album_list", "picture"),
)
# Groups of the work menu, in the order they stand; "" has no heading.
PEOPLE, CHAPTER, MEMBERS = _("Records"), _("Organisation"), _("Members and volunteers")
BLOOD, HONOURS, STAFF = _("Blood donation"), _("Honours"), _("Staff")
NEWS, PAPERS, SYSTEM = _("Newsroom"), _("Papers and letters"), _("Oversight")
WORK = (
    Entry(_("To do"), "work_home", "check"),
    Entry(_("People"), "people_list", "user", ("people.see",), PEOPLE),
    Entry(_("Bring in a list"), "import_list", "upload", ("people.import",), PEOPLE),
    Entry(_("Doubles"), "duplicate_list", "users", ("people.merge",), PEOPLE),
    Entry(_("Units"), "unit_list", "home", ("unit.see",), CHAPTER),
    Entry(_("Reorganising units"), "act_list", "refresh", ("unit.reorganise",), CHAPTER),
    Entry(_("Bodies"), "body_list", "users", ("unit.see",), CHAPTER),
    Entry(_("Offices held"), "office_list", "key", ("office.see",), CHAPTER),
    Entry(
        _("Admission"),
        "application_list",
        "users",
        ("members.see", "members.opine", "members.admit"),
        MEMBERS,
    ),
    Entry(_("Transfers"), "transfer_list", "refresh", ("members.see", "members.act"), MEMBERS),
    Entry(_("Dues"), "dues_list", "card", ("dues.see",), MEMBERS),
    Entry(_("Volunteers"), "volunteer_desk", "heart", ("members.see",), MEMBERS),
    Entry(_("Lists of members"), "list_index", "document", ("members.see",), MEMBERS),
    Entry(_("Congresses"), "congress_list", "users", ("members.see",), MEMBERS),
    # MEMBERS
    Entry(_("Blood donors"), "donor_list", "heart", ("donor.see",), BLOOD),
    Entry(_("Blood drives"), "drive_register", "drop", ("drive.see",), BLOOD),
    Entry(_("Targets"), "target_list", "check", ("drive.see",), BLOOD),
    Entry(_("Figures of donation"), "drive_figures", "document", ("drive.see",), BLOOD),
    Entry(_("Calls to give"), "call_list", "mail", ("donor.call",), BLOOD),
    # BLOOD
    # HONOURS
    Entry(_("Honours proposed"), "reward_nominations", "check", ("reward.see",), HONOURS),
    Entry(_("Rounds of honours"), "reward_rounds", "users", ("reward.manage",), HONOURS),
    Entry(_("Reward policies"), "reward_policies", "document", ("reward.see",), HONOURS),
    Entry(_("Reward runs"), "reward_runs", "refresh", ("reward.manage",), HONOURS),
    Entry(_("Lists to hand in"), "reward_unit_rounds", "upload", ("reward.check",), HONOURS),
    Entry(_("Late hand-over"), "reward_late", "clock", ("reward.check", "reward.manage"), HONOURS),
    Entry(_("Titles of staff"), "reward_titles", "medal", ("reward.see",), HONOURS),
    Entry(_("Gift store"), "gift_list", "heart", ("reward.gift",), HONOURS),
    Entry(_("Honours in figures"), "reward_figures", "card", ("reward.see",), HONOURS),
    Entry(
        _("Evaluation and rating"),
        "rating_cycles",
        "check",
        ("evaluation.manage", "evaluation.score", "evaluation.decide"),
        STAFF,
    ),
    Entry(_("Staff register"), "staff_list", "users", ("staff.manage", "pay.manage"), STAFF),
    Entry(_("Additional income"), "pay_sheets", "card", ("pay.manage",), STAFF),
    # STAFF
    Entry(_("Posts"), "post_register", "news", ("news.write", "news.publish"), NEWS),
    Entry(pgettext_lazy("redcross", "Home page"), "front_page", "home", ("news.publish",), NEWS),
    Entry(_("Good examples"), "example_register", "star", ("example.propose", "example.approve"), NEWS),
    Entry(
        _("Media library"),
        "picture_library",
        "picture",
        ("news.write", "news.publish"),
        NEWS,
        ("album_register", "video_register"),
    ),
    Entry(_("Old site"), "old_site_list", "history", ("news.publish",), NEWS),
    Entry(_("Royalties"), "royalty_sheet", "card", ("royalty.see",), NEWS),
    Entry(_("Posts by unit"), "unit_counts", "document", ("news.publish",), NEWS),
    Entry(_("Papers"), "paper_register", "document", ("paper.see",), PAPERS),
    Entry(
        _("Library of documents"),
        "document_register",
        "document",
        ("document.manage", "document.see"),
        PAPERS,
    ),
    Entry(
        _("Made known"), "sending_list", "bell", ("document.send", "document.see", "document.manage"), PAPERS
    ),
    Entry(_("Documents to read"), "received_list", "mail", ("document.ack",), PAPERS),
    Entry(_("Letters sent"), "letter_register", "mail", ("letters.see",), PAPERS),
    Entry(_("Requests about data"), "data_request_list", "lock", ("data.manage",), SYSTEM),
    Entry(_("Audit log"), "audit_register", "document", ("audit.see",), SYSTEM),
    Entry(_("Background jobs"), "job_list", "clock", ("jobs.see",), SYSTEM),
    Entry(_("Administration"), "admin:index", "lock", ("admin.enter",), SYSTEM),
)
MINE = (
    Entry(_("Overview"), "mine_home", "home"),
    Entry(_("Membership"), "mine_membership", "card"),
    Entry(_("My dues"), "mine_dues", "check"),
    Entry(_("Volunteering"), "mine_volunteer", "heart"),
    Entry(_("Blood donation"), "mine_donations", "heart"),
    Entry(_("My honours"), "mine_honours", "check"),
    Entry(_("My evaluation"), "mine_ratings", "check"),
    Entry(pgettext_lazy("redcross", "Letters"), "mine_letters", "mail"),
    Entry(_("Documents for all"), "mine_documents", "document"),
    Entry(_("My data"), "mine_data", "card"),
    Entry(_("Security"), "mine_security", "lock"),
)


def menu(entries: Iterable[Entry], path: str, actor: Actor | None = None) -> list[Item]:
    """The entries this visitor may open; the longest address that begins the path is current."""
    shown = [
        (entry, [reverse(name) for name in (entry.name, *entry.also)])
        for entry in entries
        if not entry.rights
        or (actor and any(actor.holds_for(offices_that_may(r, actor.on)) for r in entry.rights))
    ]
    fitting = [
        url for _entry, urls in shown for url in urls if path == url or (url != "/" and path.startswith(url))
    ]
    current = max(fitting, key=len, default=None)
    return [
        Item(str(entry.label), urls[0], entry.icon, current in urls, group=str(entry.group))
        for entry, urls in shown
    ]


def account_menu(is_officer: bool) -> list[Item]:
    """The small menu beside the name: the other face, and out."""
    entries = [(_("Work"), "work_home", "check")] if is_officer else []
    entries += [(_("Mine"), "mine_home", "user"), (_("Sign out"), "account_logout", "lock")]
    return [Item(str(label), reverse(name), icon, False) for label, name, icon in entries]

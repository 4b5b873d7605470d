"""The menus of the three faces. A menu shows only what exists and may be opened."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from ledger.actor import Actor
from people.rules import offices_that_may


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of a menu: shown to those who hold one of `rights` (empty: to all)."""

    label: Promise | str
    name: str
    icon: str
    rights: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Item:
    label: str
    url: str
    icon: str
    is_current: bool
    badge: int | None = None


PUBLIC = (
    Entry(_("Home"), "home", "home"),
    Entry(_("News"), "news_list", "news"),
)
WORK = (
    Entry(_("To do"), "work_home", "check"),
    Entry(_("People"), "people_list", "user", ("people.see",)),
    Entry(_("Bring in a list"), "import_list", "upload", ("people.import",)),
    Entry(_("Doubles"), "duplicate_list", "users", ("people.merge",)),
    Entry(_("Units"), "unit_list", "home", ("unit.see",)),
    Entry(_("Reorganising units"), "act_list", "refresh", ("unit.reorganise",)),
    Entry(_("Bodies"), "body_list", "users", ("unit.see",)),
    Entry(_("Offices held"), "office_list", "key", ("office.see",)),
    Entry(_("Posts"), "post_register", "news", ("news.write", "news.publish")),
    Entry(_("Papers"), "paper_register", "document", ("paper.see",)),
    Entry(_("Letters sent"), "letter_register", "mail", ("letters.see",)),
    Entry(_("Requests about data"), "data_request_list", "lock", ("data.manage",)),
    Entry(_("Audit log"), "audit_register", "document", ("audit.see",)),
    Entry(_("Administration"), "admin:index", "lock", ("admin.enter",)),
)
MINE = (
    Entry(_("Overview"), "mine_home", "home"),
    Entry(_("Letters"), "mine_letters", "mail"),
    Entry(_("My data"), "mine_data", "card"),
    Entry(_("Security"), "mine_security", "lock"),
)


def menu(entries: Iterable[Entry], path: str, actor: Actor | None = None) -> list[Item]:
    """The entries this visitor may open; the longest address that begins the path is current."""
    shown = [
        (entry, reverse(entry.name))
        for entry in entries
        if not entry.rights
        or (actor and any(actor.holds_for(offices_that_may(r, actor.on)) for r in entry.rights))
    ]
    fitting = [url for _entry, url in shown if path == url or (url != "/" and path.startswith(url))]
    current = max(fitting, key=len, default=None)
    return [Item(str(entry.label), url, entry.icon, url == current) for entry, url in shown]


def account_menu(is_officer: bool) -> list[Item]:
    """The small menu beside the name: the other face, and out."""
    entries = [(_("Work"), "work_home", "check")] if is_officer else []
    entries += [(_("Mine"), "mine_home", "user"), (_("Sign out"), "account_logout", "lock")]
    return [Item(str(label), reverse(name), icon, False) for label, name, icon in entries]

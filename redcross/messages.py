"""Extracts and compiles message catalogues in pure Python: no GNU gettext needed.

Each app has `<app>/locale/vi/LC_MESSAGES/django.po`; `templates/<app>/` belongs to
the app, every other template to redcross. English msgids, Vietnamese msgstr.
"""

import io
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import polib
from babel.messages.extract import extract_python
from django.utils.translation.template import templatize

ROOT = Path(__file__).resolve().parent.parent
APPS = [
    *("redcross", "rewards", "activities", "members", "donors", "evaluations", "news", "papers"),
    *("people", "letters", "ledger", "foundation"),
]
# allauth's templates are replaced by ours; they are the signing-in pages of people.
PEOPLE_TEMPLATES = {"account", "mfa", "usersessions", "allauth"}
KEYWORDS: dict[str, Any] = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
}
TEMPLATE_CALL = re.compile(
    r"""(?<!\w)(gettext|ngettext|pgettext|_)\((u?(?P<q>'{3}|"{3}|'|").*?(?<!\\)(?P=q)"""
    r"""(?:,\s*u?(?:'{3}|"{3}|'|").*?(?:'{3}|"{3}|'|"))?(?:,\s*count)?)\)""",
    re.DOTALL,
)

Message = tuple[str, str, str]  # context, msgid, plural ("" where there is none)


def sources(app: str) -> Iterator[Path]:
    """The Python files and templates whose words belong to an app."""
    yield from (p for p in sorted((ROOT / app).rglob("*.py")) if "migrations" not in p.parts)
    for template in sorted((ROOT / "templates").rglob("*")):
        if template.suffix in {".html", ".txt", ".xml"} and owner_of(template) == app:
            yield template


def owner_of(template: Path) -> str:
    """The app a template belongs to, by its first folder."""
    first = template.relative_to(ROOT / "templates").parts[0]
    if first in PEOPLE_TEMPLATES:
        return "people"
    return first if first in APPS else "redcross"


def messages_in(path: Path) -> Iterator[Message]:
    """Every message of one file."""
    text = path.read_text()
    if path.suffix != ".py":
        text = python_of(text)
    calls = extract_python(io.BytesIO(text.encode()), KEYWORDS, (), {})
    for _line, function, found, _comments in calls:
        given: Any = found
        parts: list[str] = [given] if isinstance(given, str) else [p for p in given if p]
        name = str(function)
        if not parts or not parts[0]:
            continue
        if name.startswith("pgettext"):
            yield parts[0], parts[1], ""
        elif name.startswith("ngettext"):
            yield "", parts[0], parts[1]
        else:
            yield "", parts[0], ""


def python_of(template: str) -> str:
    """The translation calls of a template as Python lines."""
    return "\n".join(match.group(0) for match in TEMPLATE_CALL.finditer(templatize(template)))


def catalogue(app: str) -> Path:
    return ROOT / app / "locale" / "vi" / "LC_MESSAGES" / "django.po"


def wanted(app: str) -> set[Message]:
    return {message for path in sources(app) for message in messages_in(path)}


def update(app: str) -> list[str]:
    """Bring an app's catalogue up to its sources and compile it; returns what still lacks words."""
    path = catalogue(app)
    messages = wanted(app)
    if not messages and not path.exists():
        return []
    path.parent.mkdir(parents=True, exist_ok=True)
    old = polib.pofile(str(path)) if path.exists() else polib.POFile()
    kept = {(e.msgctxt or "", e.msgid): e for e in old if not e.obsolete}
    po = polib.POFile(wrapwidth=110)
    po.metadata = {
        "Content-Type": "text/plain; charset=UTF-8",
        "Content-Transfer-Encoding": "8bit",
        "Language": "vi",
        "Plural-Forms": "nplurals=1; plural=0;",
    }
    for context, msgid, plural in sorted(messages, key=lambda m: (m[1], m[0])):
        entry = kept.get((context, msgid)) or polib.POEntry(msgid=msgid, msgctxt=context or None)
        if plural and not entry.msgid_plural:
            entry = polib.POEntry(
                msgid=msgid,
                msgctxt=context or None,
                msgid_plural=plural,
                msgstr_plural={0: entry.msgstr or entry.msgstr_plural.get(0, "")},
            )
        entry.occurrences = []
        if has_placeholders(msgid):
            entry.flags = ["python-format"]
        po.append(entry)
    po.save(str(path))
    po.save_as_mofile(str(path.with_suffix(".mo")))
    return problems(app)


def has_placeholders(text: str) -> bool:
    return bool(re.search(r"%\(\w+\)[sd]", text))


def problems(app: str) -> list[str]:
    """Sentences: messages without Vietnamese, wrong placeholders, a catalogue behind its sources."""
    path = catalogue(app)
    messages = wanted(app)
    if not path.exists():
        return [f"{app}: no catalogue for {len(messages)} messages"] if messages else []
    entries = {(e.msgctxt or "", e.msgid): e for e in polib.pofile(str(path)) if not e.obsolete}
    found = [
        f"{app}: not in the catalogue: {msgid!r}"
        for ctx, msgid, _p in messages
        if (ctx, msgid) not in entries
    ]
    asked = {(ctx, msgid) for ctx, msgid, _p in messages}
    compiled = (
        {(e.msgctxt or "", e.msgid): e for e in polib.mofile(str(path.with_suffix(".mo")))}
        if path.with_suffix(".mo").exists()
        else {}
    )
    for key, entry in entries.items():
        words = entry.msgstr or entry.msgstr_plural.get(0, "")
        if key not in asked:
            found.append(f"{app}: no longer used: {entry.msgid!r}")
        elif not words or entry.fuzzy:
            found.append(f"{app}: no Vietnamese: {entry.msgid!r}")
        elif set(re.findall(r"%\(\w+\)[sd]", words)) - set(
            re.findall(r"%\(\w+\)[sd]", entry.msgid + entry.msgid_plural)
        ):
            found.append(f"{app}: other placeholders: {entry.msgid!r}")
        elif key not in compiled or (compiled[key].msgstr or compiled[key].msgstr_plural.get(0)) != words:
            found.append(f"{app}: not compiled: {entry.msgid!r}")
    return found


def disagreements() -> list[str]:
    """Sentences: messages that two catalogues say differently; Django would use one of them for both apps."""
    said: dict[tuple[str, str], dict[str, str]] = {}
    for app in APPS:
        if catalogue(app).exists():
            for entry in polib.pofile(str(catalogue(app))):
                words = entry.msgstr or entry.msgstr_plural.get(0, "")
                if words and not entry.obsolete:
                    said.setdefault((entry.msgctxt or "", entry.msgid), {})[app] = words
    return [
        f"{', '.join(by_app)}: say {msgid!r} differently; give one a context (pgettext) or the same words"
        for (_context, msgid), by_app in said.items()
        if len(set(by_app.values())) > 1
    ]


def main(arguments: list[str]) -> int:
    """Exit code 1 when something is missing."""
    check = "--check" in arguments
    apps = [a for a in arguments if not a.startswith("-")] or APPS
    found = [line for app in apps for line in (problems(app) if check else update(app))]
    found += disagreements()
    for line in found:
        print(line)
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

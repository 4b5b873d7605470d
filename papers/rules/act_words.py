"""The words of a decision on units, from the act's parts: rows of the table, never code."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from foundation.dated import in_force, load_table
from foundation.dates import format_date, paper_date

MOST_NAMED = 3


@dataclass(frozen=True, slots=True)
class ActPart:
    """One thing the act does: `kind` is a row of the table's lines, `words` what stands in it."""

    kind: str
    words: Mapping[str, str]


def act_words(
    kind: str, parts: Sequence[ActPart], *, issuer: str, effective_on: date, on: date
) -> dict[str, object]:
    """The drafting form's plain fields: abstract to receivers, and the annex's title and head."""
    table = in_force(load_table("papers", "unit_acts"), on).values
    lines = [
        f"{n}. {table['lines'][part.kind].format(**part.words)}"
        if len(parts) > 1
        else table["lines"][part.kind].format(**part.words)
        for n, part in enumerate(parts, 1)
    ]
    named = {
        "founded": _named(parts, "found", "name", table["many"]),
        "renamed": _named(parts, "rename", "old", table["many"]),
        "wholes": _named(parts, "whole dissolve", "name", table["many"]),
        "parts": _named(parts, "part", "name", table["many"]),
        "sources": _named(parts, "part people whole", "source", table["many"]),
        "targets": _named(parts, "part people whole", "target", table["many"]),
    }
    moved = table["moved"] if any(part.kind in {"whole", "part", "people"} for part in parts) else ""
    effect = table["effect"].format(day=paper_date(effective_on), moved=moved)
    about = "found" if named["founded"] else kind
    return {
        "abstract": table["abstract"][about].format(**named),
        "authority": table["authority"].format(issuer=issuer),
        "grounds": "\n".join(table["grounds"]),
        "body": "\n".join([table["opening"], *lines, effect, table["charge"]]),
        "receivers": "\n".join(table["receivers"]),
        "annex_title": table["annex_title"],
        "annex_head": [cell.format(today=format_date(on)) for cell in table["annex_head"]],
    }


def _named(parts: Sequence[ActPart], kinds: str, word: str, many: str) -> str:
    """The names that stand under a word, each once: listed, or counted when there are too many."""
    names = list(dict.fromkeys(p.words[word] for p in parts if p.kind in kinds.split() and word in p.words))
    return ", ".join(names) if len(names) <= MOST_NAMED else many.format(number=len(names))

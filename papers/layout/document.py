"""What a paper says, in the parts Decree 30/2020/NĐ-CP names; nothing about how it looks."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from datetime import date
from typing import Any, Literal

Form = Literal["decree30", "letter"]
MOST_CHARACTERS = 400_000


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Running text."""

    text: str
    type: Literal["paragraph"] = "paragraph"


@dataclass(frozen=True, slots=True)
class Article:
    """ "Điều 1." in bold, then its title (bold) or its text."""

    text: str
    title: str = ""
    label: str = ""  # "Điều 1"; numbered in order where it is empty
    type: Literal["article"] = "article"


@dataclass(frozen=True, slots=True)
class Heading:
    """Part or chapter: its label ("Chương I") and its title in capitals, centred."""

    label: str
    title: str = ""
    type: Literal["heading"] = "heading"


@dataclass(frozen=True, slots=True)
class Table:
    """Head and rows of plain cells; `figures` are the places of columns set to the right."""

    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    widths: tuple[float, ...] = ()  # shares; even where empty
    figures: tuple[int, ...] = ()
    centred: tuple[int, ...] = ()
    title: str = ""
    type: Literal["table"] = "table"


Item = Paragraph | Article | Heading | Table
ITEMS: dict[str, type[Item]] = {
    "paragraph": Paragraph,
    "article": Article,
    "heading": Heading,
    "table": Table,
}


@dataclass(frozen=True, slots=True)
class Signature:
    """Lines of capacity and post, room to sign, the name; `note` stands under the post."""

    lines: tuple[str, ...]
    name: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Annex:
    """Stands on a page of its own with its own page numbers.

    `reference` is the line "(Kèm theo …)"; None: made from the paper's kind, number, day and body.
    """

    title: str
    items: tuple[Item, ...] = ()
    reference: str | None = None
    signatures: tuple[Signature, ...] = ()


@dataclass(frozen=True, slots=True)
class Proof:
    """Where a reader may check the paper: the address behind the QR code, and a line beside it."""

    url: str
    text: str


@dataclass(frozen=True, slots=True)
class Document:
    """A paper before it is laid out. `number` and `day` stay empty until it is issued."""

    kind: str = ""  # "Quyết định"; empty for an official letter
    issuer: tuple[str, ...] = ()
    superior: tuple[str, ...] = ()
    sign: str = ""  # "QĐ-CTĐ"; empty: the paper takes no number
    number: int | None = None
    number_text: str = ""  # as given outside the system, instead of number and sign
    place: str = ""
    day: date | None = None
    year: int | None = None  # of the blank day, until there is one
    urgency: str = ""
    abstract: str = ""
    about: str = ""
    addressees: tuple[str, ...] = ()
    authority: str = ""
    grounds: tuple[str, ...] = ()
    resolution: str = ""  # "QUYẾT ĐỊNH:" before the articles
    items: tuple[Item, ...] = ()
    receivers: tuple[str, ...] = ()
    signatures: tuple[Signature, ...] = ()
    annexes: tuple[Annex, ...] = ()
    drafter: str = ""
    address: str = ""
    proof: Proof | None = None
    is_electronic: bool = False  # then the line under an annex's title stays unfilled
    form: Form = "decree30"


def to_json(document: Document) -> dict[str, Any]:
    """Plain values for a JSON column; `from_json` gives the same document back."""
    values = asdict(document)
    values["day"] = document.day.isoformat() if document.day else None
    return values


def from_json(values: Mapping[str, Any]) -> Document:
    """The document in a JSON column. ValueError for unknown parts or more than MOST_CHARACTERS."""
    known = {field.name for field in fields(Document)}
    if unknown := set(values) - known:
        raise ValueError(f"unknown parts of a paper: {', '.join(sorted(unknown))}")
    plain = dict(values)
    if _length(plain) > MOST_CHARACTERS:
        raise ValueError("the paper is too long")
    try:
        for name in ("issuer", "superior", "addressees", "grounds", "receivers"):
            if name in plain:
                plain[name] = tuple(plain[name])
        plain["day"] = date.fromisoformat(plain["day"]) if plain.get("day") else None
        plain["items"] = tuple(_item(row) for row in plain.get("items", ()))
        plain["signatures"] = tuple(_signature(row) for row in plain.get("signatures", ()))
        plain["annexes"] = tuple(_annex(row) for row in plain.get("annexes", ()))
        plain["proof"] = Proof(**plain["proof"]) if plain.get("proof") else None
        return Document(**plain)
    except (KeyError, TypeError, AttributeError) as error:
        raise ValueError("not a paper") from error


def _length(value: Any) -> int:
    if isinstance(value, str):
        return len(value)
    if isinstance(value, Mapping):
        return sum(_length(part) for part in value.values())
    if isinstance(value, list | tuple):
        return sum(_length(part) for part in value)
    return 0


def _item(row: Mapping[str, Any]) -> Item:
    values = dict(row)
    made = ITEMS[values["type"]]
    if made is Table:
        values["rows"] = tuple(tuple(cells) for cells in values.get("rows", ()))
        for name in ("head", "widths", "figures", "centred"):
            values[name] = tuple(values.get(name, ()))
    return made(**values)


def _signature(row: Mapping[str, Any]) -> Signature:
    return Signature(tuple(row["lines"]), row.get("name", ""), row.get("note", ""))


def _annex(row: Mapping[str, Any]) -> Annex:
    return Annex(
        title=row["title"],
        items=tuple(_item(one) for one in row.get("items", ())),
        reference=row.get("reference"),
        signatures=tuple(_signature(one) for one in row.get("signatures", ())),
    )

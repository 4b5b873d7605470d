"""From a Document to blocks in their order on the page (Decree 30/2020/NĐ-CP, Annex I).

Order: 2 | 1, 3 | 4, (5b), 5a, 9a, 6, 9b | 7, 13; annexes each on a new page. Both writers set
exactly these blocks; the test reads both files back and compares them with this.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from foundation.dates import paper_date
from papers.layout.document import Annex, Article, Document, Heading, Item, Paragraph, Signature, Table
from papers.layout.widths import fitted, width_mm
from papers.rules import Measures, Style, number_text, roman

BLANK_NUMBER = "Số:          "
STATE = "Cộng hòa xã hội chủ nghĩa Việt Nam"
MOTTO = "Độc lập - Tự do - Hạnh phúc"
TWO_LINES = 2
BODY_ROLES = {"addressee", "ground", "paragraph", "article", "heading", "resolution"}


@dataclass(frozen=True, slots=True)
class Run:
    """A piece of a block's text with its own weight and slope."""

    text: str
    bold: bool = False
    italic: bool = False


@dataclass(frozen=True, slots=True)
class Block:
    """One paragraph on the page. `rule` is the length in mm of the line under it; `before` in points."""

    role: str
    runs: tuple[Run, ...]
    style: Style
    before: float = 0
    first_line: float = 0
    rule: float = 0
    keep_next: bool = False
    boxed: bool = False

    @property
    def text(self) -> str:
        return "".join(run.text for run in self.runs)


@dataclass(frozen=True, slots=True)
class Cells:
    """Rows of columns side by side without lines, never torn apart: the head, the signatures."""

    rows: tuple[tuple[tuple["Block | Space | Code", ...], ...], ...]
    widths: tuple[float, ...]  # mm
    before: float = 0
    gutter: float = 0  # points between rows


@dataclass(frozen=True, slots=True)
class Space:
    """Room to sign, in mm."""

    height: float


@dataclass(frozen=True, slots=True)
class Code:
    """A QR code of an address, its side in mm."""

    url: str
    side: float = 22


@dataclass(frozen=True, slots=True)
class Grid:
    """A table with lines: its head repeats on each page, no row is torn; the last rows keep the signature."""

    head: tuple[Block, ...]
    rows: tuple[tuple[Block, ...], ...]
    widths: tuple[float, ...]  # mm
    keep_last: int = 0


Part = Block | Cells | Grid


@dataclass(frozen=True, slots=True)
class Section:
    """Pages numbered on their own: the paper, then each annex."""

    parts: tuple[Part, ...]
    foot: Block | None = None
    marks: tuple[Block, ...] = ()


@dataclass(frozen=True, slots=True)
class Flow:
    """A paper laid out: what both writers set."""

    measures: Measures
    sections: tuple[Section, ...]
    title: str

    def blocks(self) -> Iterator[Block]:
        """Every block in reading order: down each column, row by row of each table."""
        for section in self.sections:
            for part in section.parts:
                yield from _blocks(part)
            if section.foot is not None:
                yield section.foot


def _blocks(part: Part) -> Iterator[Block]:
    if isinstance(part, Block):
        yield part
    elif isinstance(part, Grid):
        yield from part.head
        for row in part.rows:
            yield from row
    else:
        for columns in part.rows:
            for column in columns:
                yield from (one for one in column if isinstance(one, Block))


def spacing_of(block: Block, measures: Measures) -> float:
    """Line spacing: running text as the table says, everything else single."""
    return measures.spacing if block.role in BODY_ROLES else 1.0


def lay_out(document: Document, measures: Measures) -> Flow:
    """The blocks of a paper with every size, indent and line length; pure."""
    setter = _Setter(document, measures)
    main = setter.letter() if document.form == "letter" else setter.main()
    annexes = [setter.annex(annex, place) for place, annex in enumerate(document.annexes, 1)]
    title = " ".join(part for part in (document.kind, document.abstract or document.about) if part)
    return Flow(measures, (main, *annexes), title)


def closed(lines: Iterable[str], dash: bool = False) -> list[str]:
    """Lines of a list: ";" after each, "." after the last; a line's own mark is replaced."""
    plain = [line.strip().rstrip(";,. ") for line in lines]
    plain = [line.lstrip("-– ") for line in plain] if dash else plain
    plain = [line for line in plain if line]
    ends = [*";" * (len(plain) - 1), "."][: len(plain)]
    mark = "- " if dash else ""
    return [f"{mark}{line}{end}" for line, end in zip(plain, ends, strict=True)]


class _Setter:
    def __init__(self, document: Document, measures: Measures) -> None:
        self.document = document
        self.measures = measures

    def block(self, role: str, *texts: str | Run, before: float = 0, first_line: float = 0) -> Block:
        """A block in its role's style; plain texts take the style's weight and slope."""
        style = self.measures.styles[role]
        runs = tuple(
            run
            for run in (
                Run(self._case(one, style), style.bold, style.italic)
                if isinstance(one, str)
                else replace(one, text=self._case(one.text, style))
                for one in texts
            )
            if run.text
        )
        return Block(role, runs, style, before=before, first_line=first_line)

    @staticmethod
    def _case(text: str, style: Style) -> str:
        squeezed = text.replace("\r\n", "\n").replace("\t", " ")
        return squeezed.upper() if style.upper else squeezed

    # --- the paper itself ---

    def main(self) -> Section:
        document = self.document
        parts: list[Part] = [self.head()]
        if document.kind:
            parts.append(self.block("kind", document.kind, before=18))
        if document.abstract and document.kind:
            abstract = self.block("abstract", document.abstract)
            parts.append(self.underlined(abstract, self.measures.text_width))
        if document.authority:
            parts.append(self.block("authority", document.authority, before=12))
        parts += self.addressees()
        between = self.measures.between
        for place, ground in enumerate(closed(document.grounds)):
            before = 12 if not place else between
            parts.append(self.block("ground", ground, before=before, first_line=self.measures.first_line))
        if document.resolution:
            parts.append(self.block("resolution", document.resolution, before=10))
        parts += self.items(document.items)
        parts = keep_two_lines(parts, self.measures)
        parts += self.close()
        foot = self.block("address", document.address) if document.address else None
        return Section(tuple(parts), foot)

    def head(self) -> Cells:
        """Cells 2 | 1 and, on one line however many lines the body's name takes, 3 | 4; 5b under 3."""
        document, sizes = self.document, self.measures
        superior = fitted(document.superior, sizes.styles["superior"], sizes.left_cell)
        issuer = fitted(document.issuer, sizes.styles["issuer"], sizes.left_cell)
        named = [self.block("issuer", line) for line in issuer]
        if named:
            named[-1] = self.underlined(named[-1], sizes.left_cell)
        bodies = (*(self.block("superior", line) for line in superior), *named)
        motto = self.block("motto", MOTTO)
        state = (self.block("state", STATE), replace(motto, rule=round(width_mm(MOTTO, motto.style), 1)))
        number = self.number_line()
        left = [self.block("number", number)] if number else []
        if document.about and not document.kind:
            left.append(self.block("about", f"V/v {document.about}", before=sizes.about_before))
        if document.urgency:
            left.append(replace(self.block("urgency", document.urgency, before=6), boxed=True))
        right = (self.block("place_date", self.place_and_day()),) if document.place else ()
        rows = ((bodies, state), (tuple(left), right))
        return Cells(rows, (sizes.left_cell, sizes.right_cell), gutter=6)

    def underlined(self, block: Block, width: float) -> Block:
        """The block with a line under it, 1/3 to 1/2 of its (last) line's length."""
        shown = min(width_mm(block.text, block.style), width)
        return replace(block, rule=round(shown * self.measures.rule_part, 1))

    def number_line(self) -> str:
        document = self.document
        if document.number_text:
            return f"Số: {document.number_text}"
        if not document.sign:
            return ""
        if document.number is None:
            return f"{BLANK_NUMBER}/{document.sign}"
        return f"Số: {number_text(document.number, document.sign)}"

    def place_and_day(self) -> str:
        document = self.document
        if document.day is not None:
            return f"{document.place}, {paper_date(document.day)}"
        year = document.year or ""
        return f"{document.place}, ngày      tháng      năm {year}".rstrip()

    def addressees(self) -> list[Part]:
        """One: on the line of "Kính gửi:"; several: one a line, with a dash."""
        given = [one.strip() for one in self.document.addressees if one.strip()]
        if not given:
            return []
        if len(given) == 1:
            line = self.block("addressee", f"Kính gửi: {given[0].rstrip(';,. ')}", before=12)
            return [replace(line, style=replace(line.style, align="center"))]
        parts: list[Part] = [self.block("addressee", "Kính gửi:", before=12, first_line=30)]
        parts += [self.block("addressee", line, before=2, first_line=40) for line in closed(given, dash=True)]
        return parts

    def items(self, items: Iterable[Item]) -> list[Part]:
        parts: list[Part] = []
        articles = 0
        for item in items:
            if isinstance(item, Article):
                articles += 1
                parts += self.article(item, articles)
            elif isinstance(item, Heading):
                parts.append(replace(self.block("heading", item.label, before=10), keep_next=True))
                if item.title:
                    parts.append(replace(self.block("heading", item.title.upper()), keep_next=True))
            elif isinstance(item, Table):
                parts += self.table(item)
            else:
                parts += self.paragraphs(item)
        return parts

    def paragraphs(self, item: Paragraph) -> list[Part]:
        """A block for each line that was typed."""
        lines = [line.strip() for line in item.text.splitlines() if line.strip()]
        return [
            self.block("paragraph", line, before=self.measures.between, first_line=self.measures.first_line)
            for line in lines
        ]

    def article(self, item: Article, number: int) -> list[Part]:
        label = f"{item.label or f'Điều {number}'}."
        lines = [line.strip() for line in item.text.splitlines() if line.strip()]
        if item.title:
            runs: tuple[Run, ...] = (Run(f"{label} {item.title}", bold=True),)
            rest = lines
        else:
            runs = (Run(f"{label} ", bold=True), Run(lines[0] if lines else ""))
            rest = lines[1:]
        first = self.block(
            "article", *runs, before=self.measures.between, first_line=self.measures.first_line
        )
        return [replace(first, keep_next=bool(item.title)), *self.paragraphs(Paragraph("\n".join(rest)))]

    def table(self, item: Table) -> list[Part]:
        count = len(item.head)
        shares = item.widths if len(item.widths) == count else (1.0,) * count
        widths = tuple(self.measures.text_width * share / sum(shares) for share in shares)
        rows = tuple(
            tuple(self.cell(item, place, text) for place, text in enumerate(fill(row, count)))
            for row in item.rows
        )
        head = tuple(self.block("table_head", text) for text in item.head)
        grid = Grid(head, rows, widths)
        if not item.title:
            return [grid]
        return [replace(self.block("table_title", item.title, before=6), keep_next=True), grid]

    def cell(self, table: Table, place: int, text: str) -> Block:
        block = self.block("table_cell", text.strip())
        if place in table.figures:
            return replace(block, style=replace(block.style, align="right"))
        if place in table.centred:
            return replace(block, style=replace(block.style, align="center"))
        return block

    # --- the end: receivers, signatures, proof ---

    def close(self) -> list[Part]:
        """Receivers on the left, the signature on the right; two signatures side by side, receivers below."""
        document, sizes = self.document, self.measures
        signatures = document.signatures
        receivers = self.receivers()
        half = sizes.text_width / 2
        if len(signatures) < TWO_LINES:
            right = self.signature(signatures[0]) if signatures else ()
            if not receivers and not right:
                return []
            return [Cells((((*receivers, *self.proof()), right),), (half - 5, half + 5), before=12)]
        columns = tuple(self.signature(one) for one in signatures)
        width = sizes.text_width / len(columns)
        parts: list[Part] = [Cells((columns,), (width,) * len(columns), before=12)]
        below = (*receivers, *self.proof())
        return [*parts, Cells(((below, ()),), (half, half), before=12)] if below else parts

    def receivers(self) -> tuple[Block, ...]:
        lines = closed(self.document.receivers, dash=True)
        last = (self.block("drafter", self.document.drafter, before=4),) if self.document.drafter else ()
        if not lines:
            return last
        return (
            self.block("receivers_title", "Nơi nhận:"),
            *(self.block("receiver", line) for line in lines),
            *last,
        )

    def proof(self) -> tuple[Block | Code, ...]:
        proof = self.document.proof
        if proof is None:
            return ()
        return (Code(proof.url), self.block("proof", proof.text, before=2))

    def signature(self, signature: Signature) -> tuple[Block | Space, ...]:
        lines: list[Block | Space] = [self.block("capacity", line) for line in signature.lines if line]
        if signature.note:
            lines.append(self.block("signer_note", signature.note))
        lines.append(Space(self.measures.signature_space))
        if signature.name:
            lines.append(self.block("signer", signature.name))
        return tuple(lines)

    # --- a letter of thanks: not a paper of Decree 30 ---

    def letter(self) -> Section:
        document = self.document
        parts: list[Part] = [self.block("issuer", line) for line in (*document.superior, *document.issuer)]
        if document.kind:
            parts.append(self.block("kind", document.kind, before=30))
        if document.abstract:
            parts.append(self.block("abstract", document.abstract))
        parts += self.addressees()
        parts += self.items(document.items)
        parts = keep_two_lines(parts, self.measures)
        if document.place:
            day = self.block("place_date", self.place_and_day())
            right: tuple[Block | Space, ...] = (day,)
        else:
            right = ()
        for one in document.signatures[:1]:
            right += self.signature(one)
        half = self.measures.text_width / 2
        parts.append(Cells(((self.proof(), right),), (half - 15, half + 15), before=18))
        foot = self.block("address", document.address) if document.address else None
        return Section(tuple(parts), foot)

    # --- annexes ---

    def annex(self, annex: Annex, place: int) -> Section:
        several = len(self.document.annexes) > 1
        label = f"Phụ lục {roman(place)}" if several else "Phụ lục"
        reference = self.reference() if annex.reference is None else annex.reference
        title = self.block("annex_title", annex.title)
        parts: list[Part] = [self.block("annex_number", label), title]
        if reference:
            line = self.block("annex_reference", reference)
            parts.append(self.underlined(line, self.measures.text_width * 0.6))
        parts += self.items(annex.items)
        parts = keep_two_lines(parts, self.measures) if annex.signatures else parts
        if annex.signatures:
            count = max(len(annex.signatures), TWO_LINES)
            columns = tuple(self.signature(one) for one in annex.signatures)
            columns = ((),) * (count - len(columns)) + columns
            parts.append(Cells((columns,), (self.measures.text_width / count,) * count, before=12))
        return Section(tuple(parts))

    def reference(self) -> str:
        """ "(Kèm theo Quyết định số 07/QĐ-CTĐ ngày 16 tháng 3 năm 2026 của …)"; unfilled where it must be."""
        document = self.document
        kind = document.kind or "Công văn"
        body = " ".join(document.issuer)
        blank = document.is_electronic or document.day is None
        sign = f"      /{document.sign}" if document.sign else "      "
        if not blank and (document.number or document.number_text):
            sign = self.number_line().removeprefix("Số: ")
        day = paper_date(document.day) if document.day and not blank else "ngày     tháng     năm     "
        return f"(Kèm theo {kind} số {sign} {day} của {body})"


def fill(row: tuple[str, ...], count: int) -> tuple[str, ...]:
    """Exactly `count` cells: missing ones empty, what is too much joined to the last."""
    if len(row) <= count:
        return (*row, *("" for _ in range(count - len(row))))
    return (*row[: count - 1], " ".join(row[count - 1 :]))


def keep_two_lines(parts: list[Part], measures: Measures) -> list[Part]:
    """The parts, the last of them bound to what follows until at least two body lines come along."""
    kept, lines = list(parts), 0
    for place in range(len(kept) - 1, -1, -1):
        part = kept[place]
        if isinstance(part, Grid):
            kept[place] = replace(part, keep_last=min(TWO_LINES, len(part.rows)))
            return kept
        if not isinstance(part, Block):
            return kept
        kept[place] = replace(part, keep_next=True)
        room = measures.text_width - part.first_line
        lines += TWO_LINES if width_mm(part.text, part.style) > room else 1
        if lines >= TWO_LINES:
            return kept
    return kept

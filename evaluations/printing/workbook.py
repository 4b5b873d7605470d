"""A small streaming writer of .xlsx: texts, numbers and formulas with their value, in flat memory.

openpyxl writes no value beside a formula, so a viewer that does not calculate shows nothing; and it takes
several times as long for ten thousand people.
"""

import zipfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import islice
from typing import IO, Any, NamedTuple
from xml.sax.saxutils import escape

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
BAD = dict.fromkeys([*range(9), 11, 12, *range(14, 32)])
# Styles by name, in the order of cellXfs below.
PLAIN, BOLD, TITLE, HEADER, MONEY, MONEY_BOLD, FACTOR, TEXT, CENTRE = range(9)
STYLES = f"""{HEAD}<styleSheet xmlns="{MAIN}">
<numFmts count="2"><numFmt numFmtId="164" formatCode="#,##0"/>
<numFmt numFmtId="165" formatCode="0.00##"/></numFmts>
<fonts count="3"><font><sz val="11"/><name val="Times New Roman"/></font>
<font><b/><sz val="11"/><name val="Times New Roman"/></font>
<font><b/><sz val="14"/><name val="Times New Roman"/></font></fonts>
<fills count="2"><fill><patternFill patternType="none"/></fill>
<fill><patternFill patternType="gray125"/></fill></fills>
<borders count="2"><border/><border><left style="thin"/><right style="thin"/><top style="thin"/>
<bottom style="thin"/></border></borders>
<cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="9"><xf/>
<xf fontId="1" applyFont="1"/>
<xf fontId="2" applyFont="1" applyAlignment="1"><alignment horizontal="center"/></xf>
<xf fontId="1" borderId="1" applyFont="1" applyBorder="1" applyAlignment="1">
<alignment horizontal="center" vertical="center" wrapText="1"/></xf>
<xf numFmtId="164" borderId="1" applyNumberFormat="1" applyBorder="1"/>
<xf numFmtId="164" fontId="1" borderId="1" applyNumberFormat="1" applyFont="1" applyBorder="1"/>
<xf numFmtId="165" borderId="1" applyNumberFormat="1" applyBorder="1"/>
<xf borderId="1" applyBorder="1" applyAlignment="1"><alignment wrapText="1" vertical="top"/></xf>
<xf applyAlignment="1"><alignment horizontal="center"/></xf>
</cellXfs><cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>"""


class Formula(NamedTuple):
    """What stands after the "=", and its value as computed here."""

    text: str
    value: Decimal | int | str


Cell = tuple[Any, int]  # a text, number, Formula or None, and its style


class Kept:
    """Rows set aside in a file while another sheet is being written."""

    def __init__(self, file: IO[bytes]) -> None:
        self.file = file
        self.count = 0

    def add(self, row: Sequence[Cell | None]) -> None:
        self.count += 1
        self.file.write(_row(self.count, row).encode())

    def chunks(self) -> Iterator[bytes]:
        self.file.seek(0)
        while chunk := self.file.read(1 << 20):
            yield chunk


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet: its name, rows as they come (a cell None is left out), widths, merged ranges, frozen rows."""

    name: str
    rows: Iterable[Sequence[Cell | None]] | Kept
    widths: Sequence[float] = ()
    merged: Sequence[str] = ()
    frozen: int = 0


def letters(place: int) -> str:
    """The name of a column counted from 0: A, B, … AA."""
    text = ""
    place += 1
    while place:
        place, rest = divmod(place - 1, 26)
        text = chr(65 + rest) + text
    return text


LETTERS = [letters(place) for place in range(60)]


def write_workbook(out: IO[bytes], sheets: Sequence[Sheet]) -> None:
    """The sheets as one .xlsx; a program that opens it calculates it anew."""
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=3) as parts:
        parts.writestr("[Content_Types].xml", _types(len(sheets)))
        relation = f'<Relationship Id="r1" Type="{OFFICE}/officeDocument" Target="xl/workbook.xml"/>'
        parts.writestr(
            "_rels/.rels", f'{HEAD}<Relationships xmlns="{PACKAGE}/relationships">{relation}</Relationships>'
        )
        parts.writestr("xl/styles.xml", STYLES)
        names = "".join(
            f'<sheet name="{escape(one.name)}" sheetId="{n}" r:id="r{n}"/>' for n, one in enumerate(sheets, 1)
        )
        parts.writestr(
            "xl/workbook.xml",
            f'{HEAD}<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><sheets>{names}</sheets>'
            '<calcPr fullCalcOnLoad="1"/></workbook>',
        )
        links = "".join(
            f'<Relationship Id="r{n}" Type="{OFFICE}/worksheet" Target="worksheets/sheet{n}.xml"/>'
            for n in range(1, len(sheets) + 1)
        )
        links += f'<Relationship Id="s" Type="{OFFICE}/styles" Target="styles.xml"/>'
        parts.writestr(
            "xl/_rels/workbook.xml.rels",
            f'{HEAD}<Relationships xmlns="{PACKAGE}/relationships">{links}</Relationships>',
        )
        for number, sheet in enumerate(sheets, 1):
            with parts.open(f"xl/worksheets/sheet{number}.xml", "w", force_zip64=True) as part:
                part.write(_top(sheet).encode())
                for chunk in sheet.rows.chunks() if isinstance(sheet.rows, Kept) else _chunks(sheet.rows):
                    part.write(chunk)
                part.write(_bottom(sheet).encode())


def _types(count: int) -> str:
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml"
    sheets = "".join(
        f'<Override PartName="/xl/worksheets/sheet{n}.xml" ContentType="{kind}.worksheet+xml"/>'
        for n in range(1, count + 1)
    )
    return (
        f'{HEAD}<Types xmlns="{PACKAGE}/content-types"><Default Extension="rels" '
        f'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{kind}.sheet.main+xml"/>'
        f'<Override PartName="/xl/styles.xml" ContentType="{kind}.styles+xml"/>{sheets}</Types>'
    )


def _top(sheet: Sheet) -> str:
    """What stands before the rows."""
    top = f'{HEAD}<worksheet xmlns="{MAIN}"><sheetPr><pageSetUpPr fitToPage="1"/></sheetPr>'
    if sheet.frozen:
        top += (
            f'<sheetViews><sheetView workbookViewId="0"><pane ySplit="{sheet.frozen}" '
            f'topLeftCell="A{sheet.frozen + 1}" state="frozen"/></sheetView></sheetViews>'
        )
    if sheet.widths:
        columns = "".join(
            f'<col min="{n}" max="{n}" width="{width}" customWidth="1"/>'
            for n, width in enumerate(sheet.widths, 1)
        )
        top += f"<cols>{columns}</cols>"
    return top + "<sheetData>"


def _bottom(sheet: Sheet) -> str:
    """What stands after the rows."""
    bottom = "</sheetData>"
    if sheet.merged:
        cells = "".join(f'<mergeCell ref="{ref}"/>' for ref in sheet.merged)
        bottom += f'<mergeCells count="{len(sheet.merged)}">{cells}</mergeCells>'
    return (
        f'{bottom}<pageMargins left="0.4" right="0.4" top="0.5" bottom="0.5" header="0.2" footer="0.2"/>'
        '<pageSetup paperSize="9" orientation="landscape" fitToHeight="0"/></worksheet>'
    )


def _chunks(rows: Iterable[Sequence[Cell | None]]) -> Iterator[bytes]:
    """The rows' XML, some hundred at a time."""
    counted = enumerate(rows, 1)
    while pieces := [_row(number, row) for number, row in islice(counted, 300)]:
        yield "".join(pieces).encode()


def _row(number: int, row: Sequence[Cell | None]) -> str:
    cells = [
        _cell(letter, number, *cell) for letter, cell in zip(LETTERS, row, strict=False) if cell is not None
    ]
    return f'<row r="{number}">{"".join(cells)}</row>'


def _cell(letter: str, number: int, value: Any, style: int) -> str:
    head = f'<c r="{letter}{number}" s="{style}"'
    if value is None:
        return f"{head}/>"
    if isinstance(value, str):
        text = escape(value if value.isprintable() else value.translate(BAD))
        return f'{head} t="inlineStr"><is><t xml:space="preserve">{text}</t></is></c>'
    if isinstance(value, Formula):
        text, result = escape(value.text), value.value
        if isinstance(result, str):
            return f'{head} t="str"><f>{text}</f><v>{escape(result)}</v></c>'
        return f"{head}><f>{text}</f><v>{result}</v></c>"
    return f"{head}><v>{value}</v></c>"

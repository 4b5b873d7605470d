"""Writes a Flow as .docx: the same blocks as the PDF, named "Times New Roman"."""

import io
from typing import Any

import docx
from docx.enum.section import WD_SECTION
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from docx.table import Table, _Cell
from docx.text.paragraph import Paragraph

from papers.layout.codes import qr_png
from papers.layout.flow import Block, Cells, Code, Flow, Grid, Part, Space, spacing_of

FONT = "Times New Roman"
ALIGN = {
    "left": WD_ALIGN_PARAGRAPH.LEFT,
    "center": WD_ALIGN_PARAGRAPH.CENTER,
    "right": WD_ALIGN_PARAGRAPH.RIGHT,
    "justify": WD_ALIGN_PARAGRAPH.JUSTIFY,
}
HEADER_MM = 9
EIGHTHS = 6  # line weight in eighths of a point


def write_docx(flow: Flow) -> bytes:
    """The file's bytes."""
    writer = _Writer(flow)
    for number, section in enumerate(flow.sections):
        writer.begin_section(number, section.foot)
        for place, part in enumerate(section.parts):
            writer.part(part, section.parts[place - 1] if place else None)
        if not isinstance(section.parts[-1], Block):
            writer.spacer(1)
    file = io.BytesIO()
    writer.file.save(file)
    return file.getvalue()


class _Writer:
    def __init__(self, flow: Flow) -> None:
        self.flow = flow
        self.measures = flow.measures
        self.file = docx.Document()
        self.file.core_properties.title = flow.title[:250]
        self.file.core_properties.author = ""
        self.file.core_properties.comments = ""
        normal = self.file.styles["Normal"]
        normal.font.name = FONT
        fonts = normal.element.get_or_add_rPr().get_or_add_rFonts()
        for name in ("w:ascii", "w:hAnsi", "w:eastAsia", "w:cs"):
            fonts.set(qn(name), FONT)
        language = OxmlElement("w:lang")
        language.set(qn("w:val"), "vi-VN")
        normal.element.get_or_add_rPr().append(language)

    def begin_section(self, number: int, foot: Block | None) -> None:
        """A4 with the paper's margins; pages numbered from 1 at the top, the first without a number."""
        section = self.file.sections[0] if number == 0 else self.file.add_section(WD_SECTION.NEW_PAGE)
        sizes = self.measures
        section.page_width, section.page_height = Mm(sizes.width), Mm(sizes.height)
        section.top_margin, section.bottom_margin = Mm(sizes.top), Mm(sizes.bottom)
        section.left_margin, section.right_margin = Mm(sizes.left), Mm(sizes.right)
        section.header_distance = section.footer_distance = Mm(HEADER_MM)
        section.different_first_page_header_footer = True
        numbers = OxmlElement("w:pgNumType")
        numbers.set(qn("w:start"), "1")
        section._sectPr.find(qn("w:cols")).addprevious(numbers)
        for one in (section.header, section.first_page_header, section.footer, section.first_page_footer):
            one.is_linked_to_previous = False
        self.page_number(section.header.paragraphs[0])
        if foot is not None:
            paragraph = section.first_page_footer.paragraphs[0]
            self.set(paragraph, foot)
            border(paragraph, "top")

    def page_number(self, paragraph: Paragraph) -> None:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        run = paragraph.add_run()
        run.font.size = Pt(self.measures.styles["page_number"].size)
        for kind, text in (("begin", None), (None, "PAGE"), ("end", None)):
            element = OxmlElement("w:fldChar" if kind else "w:instrText")
            if kind:
                element.set(qn("w:fldCharType"), kind)
            element.text = text
            run._r.append(element)

    def part(self, part: Part, previous: Part | None) -> None:
        if isinstance(part, Block):
            self.block(self.file.add_paragraph(), part)
        elif isinstance(part, Cells):
            if previous is not None:
                self.spacer(part.before)
            self.cells(part)
        else:
            if previous is not None:
                keep = isinstance(previous, Block) and previous.keep_next
                self.spacer(self.measures.table_between, keep=keep)
            self.grid(part)

    def spacer(self, points: float, keep: bool = True) -> None:
        """An empty line of a height: Word joins tables that touch, and a file must not end with one."""
        paragraph = self.file.add_paragraph()
        shape = paragraph.paragraph_format
        shape.space_before = shape.space_after = Pt(0)
        shape.line_spacing_rule, shape.line_spacing = WD_LINE_SPACING.EXACTLY, Pt(max(points, 1))
        shape.keep_with_next = keep

    def block(
        self, paragraph: Paragraph, block: Block, width: float | None = None, after: Any = None
    ) -> None:
        """Sets the block, and a line under it as an empty paragraph with a border above."""
        self.set(paragraph, block)
        if block.rule:
            room = width if width is not None else self.measures.text_width
            line = after() if after else self.file.add_paragraph()
            shape = line.paragraph_format
            shape.space_before, shape.space_after = Pt(2), Pt(0)
            shape.line_spacing_rule, shape.line_spacing = WD_LINE_SPACING.EXACTLY, Pt(3)
            shape.left_indent = shape.right_indent = Mm((room - block.rule) / 2)
            border(line, "top")

    def set(self, paragraph: Paragraph, block: Block) -> None:
        shape = paragraph.paragraph_format
        paragraph.alignment = ALIGN[block.style.align]
        shape.space_before, shape.space_after = Pt(block.before), Pt(0)
        shape.line_spacing = spacing_of(block, self.measures)
        shape.first_line_indent = Mm(block.first_line) if block.first_line else None
        shape.keep_with_next = block.keep_next
        shape.widow_control = True
        for one in block.runs:
            run = paragraph.add_run(one.text)
            run.font.name, run.font.size = FONT, Pt(block.style.size)
            run.font.bold, run.font.italic = one.bold, one.italic
            if block.boxed:
                box = OxmlElement("w:bdr")
                for name, value in (("val", "single"), ("sz", "6"), ("space", "2"), ("color", "000000")):
                    box.set(qn(f"w:{name}"), value)
                run._r.get_or_add_rPr().append(box)

    def cells(self, part: Cells) -> None:
        table = self.table(len(part.rows), part.widths, lines=False)
        for number, (row, (element, cells)) in enumerate(zip(part.rows, rows_of(table), strict=True)):
            untorn(element)
            for cell, column, width in zip(cells, row, part.widths, strict=True):
                self.fill(cell, column, width, part.gutter if number else 0)

    def fill(
        self, cell: _Cell, column: tuple[Block | Space | Code, ...], width: float, before: float = 0
    ) -> None:
        first = [cell.paragraphs[0]]

        def following() -> Paragraph:
            return first.pop() if first else Paragraph(cell._tc.add_p(), cell)

        for place, one in enumerate(column):
            paragraph = following()
            if isinstance(one, Block):
                self.block(paragraph, one, width, after=cell.add_paragraph)
                if not place and before:
                    paragraph.paragraph_format.space_before = Pt(before + one.before)
            elif isinstance(one, Space):
                shape = paragraph.paragraph_format
                shape.space_before = shape.space_after = Pt(0)
                shape.line_spacing_rule, shape.line_spacing = WD_LINE_SPACING.EXACTLY, Mm(one.height)
            else:
                paragraph.paragraph_format.space_before = Pt(6)
                paragraph.add_run().add_picture(io.BytesIO(qr_png(one.url)), width=Mm(one.side))

    def grid(self, part: Grid) -> None:
        table = self.table(len(part.rows) + 1, part.widths, lines=True)
        rows = zip((part.head, *part.rows), rows_of(table), strict=True)
        for number, (row, (element, cells)) in enumerate(rows):
            untorn(element)
            if number == 0:
                element.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
            kept = number == 0 or number > len(part.rows) - part.keep_last
            for cell, block in zip(cells, row, strict=True):
                paragraph = cell.paragraphs[0]
                self.set(paragraph, block)
                shape = paragraph.paragraph_format
                shape.space_before = shape.space_after = Pt(2)
                shape.keep_with_next = kept and not (number == len(part.rows) and not part.keep_last)

    def table(self, rows: int, widths: tuple[float, ...], lines: bool) -> Table:
        table: Table = self.file.add_table(rows, len(widths))
        table.alignment = WD_TABLE_ALIGNMENT.CENTER
        table.autofit = False
        properties = table._tbl.tblPr
        if lines:
            properties.find(qn("w:tblLayout")).addprevious(borders("single"))
        properties.find(qn("w:tblLook")).addprevious(margins(self.measures.cell_padding if lines else 0))
        for column, width in zip(table.columns, widths, strict=True):
            column.width = Mm(width)
        for _element, cells in rows_of(table):
            for cell, width in zip(cells, widths, strict=True):
                cell.width = Mm(width)
        return table


def rows_of(table: Table) -> list[tuple[Any, list[_Cell]]]:
    """Each row's element with its cells; in one pass, where `table.cell` walks the table each time."""
    return [(row, [_Cell(cell, table) for cell in row.tc_lst]) for row in table._tbl.tr_lst]


def untorn(row: Any) -> None:
    """The row stays on one page."""
    row.get_or_add_trPr().append(OxmlElement("w:cantSplit"))


def border(paragraph: Paragraph, side: str) -> None:
    """A line along one side of a paragraph."""
    element = OxmlElement("w:pBdr")
    line = OxmlElement(f"w:{side}")
    for name, value in (("val", "single"), ("sz", str(EIGHTHS)), ("space", "1"), ("color", "000000")):
        line.set(qn(f"w:{name}"), value)
    element.append(line)
    properties = paragraph._p.get_or_add_pPr()
    properties.insert_element_before(
        element, "w:shd", "w:tabs", "w:suppressAutoHyphens", "w:spacing", "w:ind", "w:jc", "w:rPr"
    )


def borders(kind: str) -> Any:
    element = OxmlElement("w:tblBorders")
    for side in ("top", "left", "bottom", "right", "insideH", "insideV"):
        line = OxmlElement(f"w:{side}")
        for name, value in (("val", kind), ("sz", "4"), ("space", "0"), ("color", "000000")):
            line.set(qn(f"w:{name}"), value)
        element.append(line)
    return element


def margins(padding: float) -> Any:
    """Inner margins of every cell, mm at the sides."""
    element = OxmlElement("w:tblCellMar")
    for side in ("left", "right"):
        one = OxmlElement(f"w:{side}")
        one.set(qn("w:w"), str(round(padding * 56.7)))
        one.set(qn("w:type"), "dxa")
        element.append(one)
    return element

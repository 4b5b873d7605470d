"""Writes Flows as PDF (or PNG) with Typst: the same input gives the same bytes, the fonts are ours alone."""

import json
from collections.abc import Callable, Iterable, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import typst

from papers.layout.codes import qr_svg
from papers.layout.flow import Block, Cells, Code, Flow, Grid, Part, Section, Space, spacing_of
from papers.layout.lots import in_lots, typeset_apart
from papers.layout.widths import family, font_folder, width_mm

HERE = Path(__file__).parent
PAGE = ("width", "height", "top", "bottom", "left", "right")
TALL_MM = 120
LINE_MM = 5.2


def write_pdf(*flows: Flow) -> bytes:
    """One PDF of one or many papers with the same measures, each beginning on a new page."""
    return bytes(_compile(flows, "pdf"))


def write_lots(flows: Iterable[Flow], told: Callable[[int], None] | None = None) -> bytes:
    """The same of very many papers, in flat memory; b"" of none. Up to a lot it is write_pdf's.

    `told` as of in_lots.
    """

    source = (HERE / "paper.typ").read_bytes()
    return in_lots(
        flows,
        lambda lot: write_pdf(*lot),
        lambda lot: typeset_apart(source, _data(lot), fonts=font_folder(), root=HERE),
        told,
    )


def write_png(flow: Flow, ppi: float = 100) -> list[bytes]:
    """The pages as pictures."""
    pages = _compile([flow], "png", ppi)
    return [pages] if isinstance(pages, bytes) else list(pages)


def _data(flows: Sequence[Flow]) -> dict[str, Any]:
    """What paper.typ reads."""
    measures = flows[0].measures
    return {
        "title": flows[0].title if len(flows) == 1 else "",
        "font": family(font_folder()),
        "measures": {
            **{name: getattr(measures, name) for name in PAGE},
            "cell_padding": measures.cell_padding,
            "table_between": measures.table_between,
            "page_number": measures.styles["page_number"].size,
        },
        "sections": [_section(section, flow) for flow in flows for section in flow.sections],
    }


def _compile(flows: Sequence[Flow], form: str, ppi: float | None = None) -> Any:
    compiler = typst.Compiler(
        (HERE / "paper.typ").read_bytes(),
        root=HERE,
        font_paths=fonts_of(font_folder()),
        ignore_system_fonts=True,
        sys_inputs={"data": json.dumps(_data(flows), ensure_ascii=False)},
    )
    return compiler.compile(format=form, ppi=ppi)  # type: ignore[arg-type]


@cache
def fonts_of(folder: Path) -> typst.Fonts:
    """The typefaces of papers, read once a process."""
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[folder])


def _section(section: Section, flow: Flow) -> dict[str, Any]:
    return {
        "parts": [_part(part, flow) for part in section.parts],
        "foot": _block(section.foot, flow) if section.foot else None,
    }


def _part(part: Part, flow: Flow) -> dict[str, Any]:
    if isinstance(part, Block):
        return _block(part, flow)
    if isinstance(part, Cells):
        return {
            "type": "cells",
            "before": part.before,
            "gutter": part.gutter,
            "widths": part.widths,
            "rows": [[[_one(one, flow) for one in column] for column in row] for row in part.rows],
        }
    return {
        "type": "table",
        "head": [_block(cell, flow) for cell in part.head],
        "rows": [_row(row, part, flow) for row in part.rows],
        "widths": part.widths,
        "keep_last": 0 if any(_is_tall(row, part) for row in part.rows[-2:]) else part.keep_last,
    }


def _row(row: tuple[Block, ...], grid: Grid, flow: Flow) -> dict[str, Any]:
    """A row is never torn, save one no page could hold."""
    return {"cells": [_block(cell, flow) for cell in row], "breakable": _is_tall(row, grid)}


def _is_tall(row: tuple[Block, ...], grid: Grid) -> bool:
    lines = max(width_mm(b.text, b.style) / (w * 0.8) for b, w in zip(row, grid.widths, strict=True))
    return lines * LINE_MM > TALL_MM


def _one(one: Block | Space | Code, flow: Flow) -> dict[str, Any]:
    if isinstance(one, Block):
        return _block(one, flow)
    if isinstance(one, Space):
        return {"type": "space", "height": one.height}
    return {"type": "code", "svg": qr_svg(one.url), "side": one.side, "alt": one.url}


def _block(block: Block, flow: Flow) -> dict[str, Any]:
    return {
        "type": "block",
        "runs": [{"text": run.text, "bold": run.bold, "italic": run.italic} for run in block.runs],
        "size": block.style.size,
        "align": block.style.align,
        "before": block.before,
        "first_line": block.first_line,
        "rule": block.rule,
        "keep_next": block.keep_next,
        "boxed": block.boxed,
        "spacing": spacing_of(block, flow.measures),
    }

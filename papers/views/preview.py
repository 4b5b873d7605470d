"""A Flow as plain rows for the preview page: the same blocks, drawn by the style sheet."""

from typing import Any

from papers.layout import Block, Flow
from papers.layout.flow import Cells, Part, Space


def pages_of(flow: Flow) -> list[dict[str, Any]]:
    """Each section with its parts; a template walks them."""
    return [
        {"parts": [_part(part) for part in section.parts], "foot": section.foot} for section in flow.sections
    ]


def _part(part: Part) -> dict[str, Any]:
    if isinstance(part, Block):
        return {"type": "block", "block": part}
    if isinstance(part, Cells):
        columns = [
            [[one for one in column if isinstance(one, Block | Space)] for column in row] for row in part.rows
        ]
        return {"type": "cells", "rows": columns}
    return {"type": "grid", "head": part.head, "rows": part.rows}

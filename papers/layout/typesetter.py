"""Typesets in a process of its own: JSON on stdin (source, root, fonts, data), the PDF on stdout.

Typst keeps what it has laid out as long as its process lives; a lot of sheets made here gives all of it back.
Knows neither Django nor the database.
"""

import json
import sys
from typing import Any

import typst


def main() -> None:
    """Read one order, write one PDF."""
    order: dict[str, Any] = json.load(sys.stdin)
    compiler = typst.Compiler(
        order["source"].encode(),
        root=order["root"],
        font_paths=typst.Fonts(
            include_system_fonts=False, include_embedded_fonts=False, font_paths=[order["fonts"]]
        ),
        ignore_system_fonts=True,
        sys_inputs={"data": json.dumps(order["data"], ensure_ascii=False)},
    )
    made: Any = compiler.compile(format="pdf")
    sys.stdout.buffer.write(made)


if __name__ == "__main__":
    main()

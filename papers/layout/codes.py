"""QR codes: for the PDF and pages as SVG, for .docx as PNG."""

import io
import re
from typing import Any

from qrcode.constants import ERROR_CORRECT_M
from qrcode.image.pil import PilImage
from qrcode.image.svg import SvgPathImage
from qrcode.main import QRCode

QUIET_ZONE = 2
BULK_MASK = 2
DARK = re.compile("1+")


def _code(text: str, mask: int | None = None) -> Any:
    code = QRCode(
        border=QUIET_ZONE, error_correction=ERROR_CORRECT_M, image_factory=SvgPathImage, mask_pattern=mask
    )
    code.add_data(text)
    return code


def qr_svg(text: str) -> str:
    """An SVG document with the code as one black path."""
    return str(_code(text).make_image().to_string(encoding="unicode"))


def qr_svg_in_bulk(text: str) -> str:
    """The same for a thousand sheets: one mask without weighing all eight, runs of modules as one line."""
    code = _code(text, BULK_MASK)
    rows = code.get_matrix()
    runs = [
        f"M{match.start()} {y}h{match.end() - match.start()}v1h-{match.end() - match.start()}z"
        for y, row in enumerate(rows)
        for match in DARK.finditer("".join("1" if dark else "0" for dark in row))
    ]
    side = len(rows)
    path = "".join(runs)
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {side} {side}"><path d="{path}"/></svg>'


def qr_png(text: str) -> bytes:
    """The code as PNG, 8 pixels a module."""
    code = _code(text)
    code.box_size = 8
    file = io.BytesIO()
    code.make_image(image_factory=PilImage).save(file)
    return file.getvalue()

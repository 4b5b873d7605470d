"""QR codes: for the PDF and pages as SVG, for .docx as PNG."""

import io
from typing import Any

from qrcode.constants import ERROR_CORRECT_M
from qrcode.image.pil import PilImage
from qrcode.image.svg import SvgPathImage
from qrcode.main import QRCode

QUIET_ZONE = 2


def _code(text: str) -> Any:
    code = QRCode(border=QUIET_ZONE, error_correction=ERROR_CORRECT_M, image_factory=SvgPathImage)
    code.add_data(text)
    return code


def qr_svg(text: str) -> str:
    """An SVG document with the code as one black path."""
    return str(_code(text).make_image().to_string(encoding="unicode"))


def qr_png(text: str) -> bytes:
    """The code as PNG, 8 pixels a module."""
    code = _code(text)
    code.box_size = 8
    file = io.BytesIO()
    code.make_image(image_factory=PilImage).save(file)
    return file.getvalue()

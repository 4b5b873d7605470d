"""How wide a text is, from the typeface itself: lines under it and breaks are the same in every writer."""

from collections.abc import Sequence
from functools import cache
from pathlib import Path

from django.conf import settings
from PIL import ImageFont

from papers.rules import Style

MM = 25.4 / 72
UNITS = 1000
# A long name of a body breaks before one of these rather than in the middle of a name.
BREAKS = ("THÀNH PHỐ", "TỈNH", "PHƯỜNG", "XÃ", "ĐẶC KHU", "QUẬN", "HUYỆN", "VIỆT NAM", "TRƯỜNG", "BỆNH VIỆN")


def font_folder() -> Path:
    """Where the typeface lies: the portal's own, or a chapter's licensed one (PAPER_FONTS)."""
    return Path(settings.PAPER_FONTS)


@cache
def _font(folder: Path, bold: bool, italic: bool) -> ImageFont.FreeTypeFont:
    wanted = {(False, False): "regular", (True, False): "bold", (False, True): "italic"}
    name = wanted.get((bold, italic), "bold italic")
    for path in sorted([*folder.glob("*.ttf"), *folder.glob("*.otf")]):
        font = ImageFont.truetype(str(path), UNITS, layout_engine=ImageFont.Layout.BASIC)
        if (font.getname()[1] or "").lower() == name:
            return font
    raise FileNotFoundError(f"no {name} style in {folder.name}")


@cache
def family(folder: Path) -> str:
    """What the typeface in the folder is called."""
    first = next(iter(sorted([*folder.glob("*.ttf"), *folder.glob("*.otf")])))
    return ImageFont.truetype(str(first), UNITS).getname()[0] or ""


def width_mm(text: str, style: Style) -> float:
    """The width of one line of text in mm, capitals included."""
    font = _font(font_folder(), style.bold, style.italic)
    shown = text.upper() if style.upper else text
    return font.getlength(shown) / UNITS * style.size * MM


def fitted(lines: Sequence[str], style: Style, width: float) -> tuple[str, ...]:
    """The lines, each broken so that it fits: before the name of a place if it can be, else evenly."""
    return tuple(part for line in lines for part in _broken(" ".join(line.split()), style, width))


def _broken(line: str, style: Style, width: float) -> list[str]:
    words = line.split(" ")
    if len(words) < 2 or width_mm(line, style) <= width:
        return [line]
    pairs = [(" ".join(words[:place]), " ".join(words[place:])) for place in range(1, len(words))]
    fitting = [pair for pair in pairs if all(width_mm(part, style) <= width for part in pair)]
    if not fitting:
        kept = max((n for n in range(1, len(words)) if _fits(words[:n], style, width)), default=1)
        return [" ".join(words[:kept]), *_broken(" ".join(words[kept:]), style, width)]
    natural = [pair for pair in fitting if pair[1].upper().startswith(BREAKS)]
    return list(min(natural or fitting, key=lambda pair: max(width_mm(part, style) for part in pair)))


def _fits(words: Sequence[str], style: Style, width: float) -> bool:
    return width_mm(" ".join(words), style) <= width

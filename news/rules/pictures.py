"""A picture as it came, made safe: opened by Pillow, turned upright, without EXIF, as JPEG."""

import hashlib
import struct
import warnings
from contextlib import nullcontext
from dataclasses import dataclass
from io import BytesIO
from threading import BoundedSemaphore
from typing import IO

from PIL import Image, ImageCms, ImageOps

FORMATS = ("JPEG", "PNG", "WEBP")
MAX_PIXELS = 50_000_000
MASTER_EDGE = 2560
RESIZED_AS_THEY_ARE = {"RGB", "RGBA", "L", "LA", "CMYK"}
LARGE = 12_000_000  # pixels; of pictures larger than this a process unpacks one at a time
_ONE_LARGE = BoundedSemaphore()
WIDTHS = (480, 960, 1600)
UNREADABLE = (
    OSError,
    SyntaxError,
    ValueError,
    TypeError,
    KeyError,
    EOFError,
    struct.error,
    Image.DecompressionBombError,
    Image.DecompressionBombWarning,
)


class NotAPicture(Exception):
    """The file cannot be read as an allowed picture; `is_too_large` when it has too many pixels."""

    def __init__(self, *, is_too_large: bool = False) -> None:
        super().__init__()
        self.is_too_large = is_too_large


@dataclass(frozen=True, slots=True)
class Master:
    """A cleaned picture: JPEG bytes, size in pixels, the digest that names its files (hex)."""

    data: bytes
    width: int
    height: int
    digest: str


def clean_picture(file: IO[bytes]) -> Master:
    """The picture upright, in sRGB, on white, its long edge at most MASTER_EDGE; raises NotAPicture.

    Nothing of the file itself is kept: no EXIF, no position, no thumbnail, no trailing bytes.
    """
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            image = Image.open(file, formats=FORMATS)
            if image.width * image.height > MAX_PIXELS:
                raise NotAPicture(is_too_large=True)
            with _ONE_LARGE if image.width * image.height > LARGE else nullcontext():
                plain = _plain(_small(image))
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise NotAPicture(is_too_large=True) from error
    except UNREADABLE as error:
        raise NotAPicture from error
    data = _saved(plain, "JPEG", quality=88, optimize=True, progressive=True)
    return Master(data, plain.width, plain.height, hashlib.sha256(data).hexdigest()[:32])


def _small(image: Image.Image) -> Image.Image:
    """Unpacked, made small, then turned upright: at full size nothing is copied that need not be."""
    image.draft("RGB", (MASTER_EDGE, MASTER_EDGE))
    image.load()
    if image.mode not in RESIZED_AS_THEY_ARE or (image.mode == "RGB" and "transparency" in image.info):
        has_holes = image.mode == "PA" or "transparency" in image.info
        image = image.convert("RGBA" if has_holes else "RGB")
    image.thumbnail((MASTER_EDGE, MASTER_EDGE), Image.Resampling.LANCZOS)
    return ImageOps.exif_transpose(image)


def widths_for(width: int) -> tuple[int, ...]:
    """The widths to make of a master: never wider than it, its own width if it is small."""
    fitting = tuple(w for w in WIDTHS if w < width)
    return fitting if len(fitting) == len(WIDTHS) else (*fitting, width)


def render(master: IO[bytes], file_format: str, width: int) -> bytes:
    """The master at a width in a format ("avif", "webp", "jpeg")."""
    image = Image.open(master, formats=("JPEG",))
    height = height_at(width, image.width, image.height)
    image.draft("RGB", (width, height))
    resized = image.convert("RGB").resize((width, height), Image.Resampling.LANCZOS)
    if file_format == "avif":
        return _saved(resized, "AVIF", quality=58, speed=8)
    if file_format == "webp":
        return _saved(resized, "WEBP", quality=76, method=4)
    return _saved(resized, "JPEG", quality=80, optimize=True, progressive=True)


def height_at(width: int, full_width: int, full_height: int) -> int:
    """Pixels, at least 1."""
    return max(1, round(full_height * width / full_width))


def _plain(image: Image.Image) -> Image.Image:
    """RGB in sRGB; see-through parts on white."""
    profile = image.info.get("icc_profile")
    if image.mode in {"RGBA", "LA", "PA"} or "transparency" in image.info:
        shown = image.convert("RGBA")
        under = Image.new("RGBA", shown.size, "white")
        return Image.alpha_composite(under, shown).convert("RGB")
    if profile and image.mode in {"RGB", "CMYK"}:
        try:
            source = ImageCms.ImageCmsProfile(BytesIO(profile))
            srgb = ImageCms.createProfile("sRGB")
            converted = ImageCms.profileToProfile(image, source, srgb, outputMode="RGB")
        except (ImageCms.PyCMSError, OSError, ValueError):
            converted = None
        if converted is not None:
            converted.info.clear()
            return converted
    plain = image.convert("RGB")
    plain.info.clear()
    return plain


def _saved(image: Image.Image, file_format: str, **options: object) -> bytes:
    out = BytesIO()
    image.save(out, file_format, **options)
    return out.getvalue()

"""What a picture looks like, in 64 bits: the same after another size, format, or a little light."""

from io import BytesIO

from PIL import Image

# Bits that may differ between two pictures that an eye takes for one.
ALIKE = 5
_EDGE = 8


def likeness(data: bytes) -> int:
    """A difference hash of a JPEG as a signed 64-bit number; 0, which says nothing, for one colour."""
    image = Image.open(BytesIO(data), formats=("JPEG",))
    image.draft("L", (128, 128))
    small = image.convert("L").resize((_EDGE + 1, _EDGE), Image.Resampling.BOX)
    dots = small.tobytes()
    bits = 0
    for row in range(_EDGE):
        for column in range(_EDGE):
            at = row * (_EDGE + 1) + column
            bits = bits << 1 | (dots[at] > dots[at + 1] + 1)
    return bits - (1 << 64) if bits >> 63 else bits


def distance(one: int, other: int) -> int:
    """In how many of the 64 bits two differ."""
    return ((one ^ other) & (1 << 64) - 1).bit_count()

"""Text that hypothesis draws: the whole Vietnamese repertoire, whole characters and loose marks."""

import unicodedata

from hypothesis import strategies as st

MARKS = "\u0300\u0309\u0303\u0301\u0323"
VOWELS = "aăâeêioôơuưy"
LETTERS = "bcdđfghjklmnpqrstvwxz" + "".join(
    unicodedata.normalize("NFC", vowel + mark) for vowel in VOWELS for mark in ["", *MARKS]
)
ALPHABET = LETTERS + LETTERS.upper()

vietnamese = st.text(ALPHABET + " -'().,0123456789", max_size=40)
loose = st.text(ALPHABET + MARKS + "\u0302\u0306\u031b\u00a0\u200b\tÐ", max_size=40)
storable = st.text(st.characters(exclude_categories=("Cs", "Cn"), exclude_characters="\0"), max_size=40)
names = st.lists(st.text(LETTERS, min_size=1, max_size=7), min_size=1, max_size=5).map(" ".join)

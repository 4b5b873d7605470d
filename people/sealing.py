"""Sealing protected values: encrypted with a versioned key, found by keyed hashes.

PERSON_DATA_KEYS holds one secret per key version, oldest first; the last seals, all open.
The hash key is its own secret: a new sealing key never changes what a look-up finds.
"""

import base64
import hashlib
import hmac
from functools import cache

from cryptography.fernet import Fernet
from django.conf import settings


def _fernet(version: int) -> Fernet:
    return _fernet_of(settings.PERSON_DATA_KEYS[version - 1])


@cache
def _fernet_of(secret: str) -> Fernet:
    return Fernet(base64.urlsafe_b64encode(hashlib.sha256(secret.encode()).digest()))


def seal(text: str) -> tuple[bytes, int]:
    """The text sealed with the newest key, and that key's version (from 1)."""
    version = len(settings.PERSON_DATA_KEYS)
    return _fernet(version).encrypt(text.encode()), version


def unseal(sealed: bytes | memoryview, version: int) -> str:
    """The text again; cryptography.fernet.InvalidToken if it was changed or the key is another."""
    return _fernet(version).decrypt(bytes(sealed)).decode()


def keyed_digest(purpose: str, text: str) -> str:
    """HMAC-SHA-256 of the text for one purpose, 64 hex digits."""
    key: str = settings.PERSON_HASH_KEY
    return hmac.new(key.encode(), f"{purpose}:{text}".encode(), hashlib.sha256).hexdigest()


def identity_digest(number: str) -> str:
    """What a whole identity number is found by."""
    return keyed_digest("identity", number)


def tail_digest(number: str) -> str:
    """What the last four digits of an identity number are found by."""
    return keyed_digest("identity-tail", number[-4:])

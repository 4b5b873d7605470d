"""Sealing protected values: encrypted with a versioned key, found by keyed hashes.

PERSON_DATA_KEYS holds one secret per key version, oldest first; the last seals, all open.
The hash key is its own secret: a new sealing key never changes what a look-up finds.
"""

import base64
import hashlib
import hmac
import os
from functools import cache

from cryptography.fernet import Fernet
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings

NONCE = 12  # bytes
FORM = b"\x01"  # how what follows is sealed


def seal(text: str) -> tuple[bytes, int]:
    """The text sealed with the newest key (AES-256-GCM), and that key's version (from 1)."""
    version, nonce = len(settings.PERSON_DATA_KEYS), os.urandom(NONCE)
    box = _box_of(settings.PERSON_DATA_KEYS[version - 1])
    return FORM + nonce + box.encrypt(nonce, text.encode(), None), version


def unseal(sealed: bytes | memoryview, version: int) -> str:
    """The text again; cryptography.exceptions.InvalidTag if it was changed or the key is another."""
    held, secret = bytes(sealed), settings.PERSON_DATA_KEYS[version - 1]
    if not held.startswith(FORM):  # sealed before November 2026
        return _fernet_of(secret).decrypt(held).decode()
    return _box_of(secret).decrypt(held[1 : NONCE + 1], held[NONCE + 1 :], None).decode()


@cache
def _box_of(secret: str) -> AESGCM:
    return AESGCM(hashlib.sha256(f"seal:{secret}".encode()).digest())


@cache
def _fernet_of(secret: str) -> Fernet:
    return Fernet(base64.urlsafe_b64encode(hashlib.sha256(secret.encode()).digest()))


def seal_row(text: str) -> bytes:
    """A row of a list that waits: `seal` with the key's version in front, as one value."""
    sealed, version = seal(text)
    return bytes([version]) + sealed


def unseal_row(sealed: bytes) -> str:
    """The row again; raises as `unseal`."""
    return unseal(sealed[1:], sealed[0])


def keyed_digest(purpose: str, text: str) -> str:
    """HMAC-SHA-256 of the text for one purpose, 64 hex digits."""
    key: str = settings.PERSON_HASH_KEY
    return hmac.digest(key.encode(), f"{purpose}:{text}".encode(), "sha256").hex()


def identity_digest(number: str) -> str:
    """What a whole identity number is found by."""
    return keyed_digest("identity", number)


def tail_digest(number: str) -> str:
    """What the last four digits of an identity number are found by."""
    return keyed_digest("identity-tail", number[-4:])

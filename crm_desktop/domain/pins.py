"""PIN and recovery code: what may be one, how it is kept, and how long to wait after wrong ones.

A PIN of a few digits keeps colleagues apart at one PC; it is the growing wait, kept in the database, that makes
guessing hopeless, and the slow hash that makes it dear for somebody who carries the file away.
"""

from __future__ import annotations

import hashlib
import hmac
import re
import secrets
from datetime import timedelta

from crm_desktop.domain.errors import InvalidInput
from crm_desktop.domain.identity import half_width

_PIN = re.compile(r"[0-9]{4,12}")
_STAIRS = "01234567890", "09876543210"
_ROUNDS, _BLOCK, _MEMORY = 2**14, 8, 64 * 1024 * 1024  # 16 MiB a guess; a limit not told may refuse it (trap 74)
_FREE_TRIES, _FIRST_WAIT, _LONGEST_WAIT = 3, 5, 900  # seconds
_LETTERS = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"  # nothing that reads as something else on paper
_GROUPS, _GROUP = 4, 4


def checked_pin(raw: str) -> str:
    """The PIN as it is kept: 4 to 12 digits, not all the same and not a mere staircase.

    :raises InvalidInput: under the field ``pin``.
    """
    pin = half_width(raw).strip()
    if not _PIN.fullmatch(pin):
        raise InvalidInput({"pin": "PIN 请用 4 到 12 位数字。"})
    if len(set(pin)) == 1 or any(pin in stair for stair in _STAIRS):
        raise InvalidInput({"pin": "这个 PIN 太容易猜到，请不要用相同或顺序的数字。"})
    return pin


def hashed(secret: str, salt: str) -> str:
    """scrypt over a PIN or code; some 50 ms on purpose. ``salt`` is hex."""
    return hashlib.scrypt(
        secret.encode(), salt=bytes.fromhex(salt), n=_ROUNDS, r=_BLOCK, p=1, maxmem=_MEMORY, dklen=32
    ).hex()


def new_salt() -> str:
    """16 random bytes as hex."""
    return secrets.token_hex(16)


def mark(key: bytes, person_id: int, salt: str, digest: str) -> str:
    """Binds a hash to its person and this home's key, so that one planted in the file opens nothing."""
    return hmac.new(key, f"{person_id}:{salt}:{digest}".encode(), hashlib.sha256).hexdigest()


def wait_after(failures: int) -> timedelta:
    """How long nobody may try again: nothing for the first wrong ones, then doubling up to a quarter of an hour."""
    if failures < _FREE_TRIES:
        return timedelta()
    doubled = min(failures - _FREE_TRIES, 12)  # far beyond the longest wait
    return timedelta(seconds=min(_FIRST_WAIT * 2**doubled, _LONGEST_WAIT))


def new_recovery_code() -> str:
    """A code to be printed and locked away: XXXX-XXXX-XXXX-XXXX, 80 bits."""
    groups = ("".join(secrets.choice(_LETTERS) for _ in range(_GROUP)) for _ in range(_GROUPS))
    return "-".join(groups)


def recovery_key(raw: str) -> str:
    """A code as typed from paper, without blanks, dashes and small letters."""
    return re.sub(r"[\s-]", "", half_width(raw)).upper()

"""One short secret sealed by a recovery code: scrypt makes a pad and a check of the code, used once for one salt."""

from __future__ import annotations

import hashlib
import hmac
import secrets

from crm_desktop.domain.pins import recovery_key

_ROUNDS, _BLOCK, _MEMORY = 2**15, 8, 64 * 1024 * 1024
_SALT = 16


def sealed(secret: bytes, code: str) -> str:
    """The secret as hex that only this code opens; another salt every time."""
    salt = secrets.token_bytes(_SALT)
    pad, check = _derived(code, salt, len(secret))
    hidden = bytes(one ^ other for one, other in zip(secret, pad, strict=True))
    return f"{salt.hex()}:{hidden.hex()}:{_tag(check, hidden)}"


def opened(kept: str, code: str) -> bytes | None:
    """The secret, or None where this is not the code, or not what was sealed."""
    try:
        salt, hidden = (bytes.fromhex(part) for part in kept.split(":")[:2])
        tag = kept.split(":")[2]
    except (ValueError, IndexError):
        return None
    pad, check = _derived(code, salt, len(hidden))
    if not hmac.compare_digest(_tag(check, hidden), tag):
        return None
    return bytes(one ^ other for one, other in zip(hidden, pad, strict=True))


def _derived(code: str, salt: bytes, length: int) -> tuple[bytes, bytes]:
    made = hashlib.scrypt(
        recovery_key(code).encode(), salt=salt, n=_ROUNDS, r=_BLOCK, p=1, maxmem=_MEMORY, dklen=length + 32
    )
    return made[:length], made[length:]


def _tag(check: bytes, hidden: bytes) -> str:
    return hmac.digest(check, hidden, "sha256").hex()

"""Files locked by a password: a copy on a stick or a share that nobody reads who does not know it.

A file is a head (who locked it, by which salt) and pieces of AES-256-GCM, each bound to its place and to being the
last or not: a changed, swapped or cut file does not open. The key comes from the password by scrypt, so that guessing
on a lost stick costs a tenth of a second and 64 MB a try; a zip with AES allows a million times as many.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import os
import secrets
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, BinaryIO

from crm_desktop.domain.errors import Damaged, InvalidInput, StorageRefused
from crm_desktop.models.faults import translated
from crm_desktop.models.lasting import take_name, write_whole
from crm_desktop.paths import private_temp

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

SUFFIX = ".locked"
LEAST = 8
"""Characters of a password."""
KEPT = "second.key"
"""Lies in the home: the key that locks copies without anybody at the keyboard; the password itself is kept nowhere."""
WANTED = "这份备份加了密码，请输入设置密码时用的那个密码。"
WRONG = "密码不对，打不开这份备份；请核对大小写再试。"
_MAGIC, _SALT, _CHECK = b"CRMLOCK1", 16, 16
_HEAD = len(_MAGIC) + _SALT + _CHECK + _SALT
_CHUNK, _TAG = 1024 * 1024, 16
_ROUNDS, _BLOCK, _MEMORY = 2**16, 8, 128 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Lock:
    """A password's key for one salt."""

    salt: bytes
    key: bytes = field(repr=False)


_GIVEN: set[Lock] = set()
"""Locks whose password somebody gave since the program started: a restore asks once, not at each of its steps."""


def new_lock(password: str) -> Lock:
    """The lock of a password that is set now.

    :raises InvalidInput: fewer than eight characters.
    """
    if len(password.strip()) < LEAST:
        raise InvalidInput({"password": f"密码至少 {LEAST} 个字符，请换一个长一些的。"})
    return _derived(password, secrets.token_bytes(_SALT))


def kept_lock(home: Path) -> Lock | None:
    """The lock this home locks its copies with; None where no password is set."""
    with suppress(OSError, ValueError, KeyError):
        told = json.loads((home / KEPT).read_text(encoding="ascii"))
        return Lock(bytes.fromhex(told["salt"]), bytes.fromhex(told["key"]))
    return None


def keep_lock(home: Path, lock: Lock | None) -> None:
    """From now on copies are locked with it, or not locked. :raises StorageRefused: the folder cannot be written."""
    with translated(home / KEPT):
        if lock is None:
            (home / KEPT).unlink(missing_ok=True)
        else:
            write_whole(home / KEPT, json.dumps({"salt": lock.salt.hex(), "key": lock.key.hex()}).encode())


def is_locked(path: Path) -> bool:
    """Whether the file is one of ours that a password locks."""
    with suppress(OSError), path.open("rb") as stream:
        return stream.read(len(_MAGIC)) == _MAGIC
    return False


def fits(path: Path, lock: Lock) -> bool:
    """Whether this lock opens the file; not one of another password, nor one that is cut off."""
    try:
        return _fits(_head(path), lock)
    except (Damaged, StorageRefused):
        return False


def lock_for(path: Path, home: Path, password: str = "") -> Lock:
    """What opens a locked file: the home's own lock, the password's, or one that was given before and fitted.

    :raises InvalidInput: it takes a password, and none was given or another one.
    """
    head = _head(path)
    for known in (kept_lock(home), *_GIVEN):
        if known is not None and _fits(head, known):
            return known
    if not password:
        raise InvalidInput({"password": WANTED})
    lock = _derived(password, _parts(head)[0])
    if not _fits(head, lock):
        raise InvalidInput({"password": WRONG})
    _GIVEN.add(lock)
    return lock


def lock_file(source: Path, target: Path, lock: Lock) -> None:
    """Writes ``source`` locked to ``target``, which takes its name when it is whole. Raises OSError."""
    beside = target.with_name(f".crm-{target.name}.tmp")
    head = b"".join((_MAGIC, lock.salt, _check(lock), secrets.token_bytes(_SALT)))
    try:
        with source.open("rb") as plain, beside.open("wb") as hidden:
            hidden.write(head)
            _lock(plain, hidden, head, lock)
        take_name(beside, target)
    finally:
        beside.unlink(missing_ok=True)


def unlock_file(source: Path, target: Path, lock: Lock) -> None:
    """Writes the content of a locked file to ``target``.

    :raises Damaged: it was changed or cut, or locked with another key; nothing is left then.
    """
    try:
        with source.open("rb") as hidden, target.open("wb") as plain:
            _opened(hidden, plain, source.name, lock)
            plain.flush()
            os.fsync(plain.fileno())
    except Damaged:
        target.unlink(missing_ok=True)
        raise


def content(copy: Path, lock: Lock | None) -> bytes:
    """What a copy holds that lies there plain, or locked under the longer name. Raises OSError, Damaged."""
    if lock is None or copy.exists():
        return copy.read_bytes()
    plain = BytesIO()
    with copy.with_name(copy.name + SUFFIX).open("rb") as hidden:
        _opened(hidden, plain, copy.name, lock)
    return plain.getvalue()


@contextmanager
def opened(home: Path, bundle: Path, password: str = "") -> Iterator[Path]:
    """The backup as a plain file: itself, or unlocked in the home's private folder for as long as it is looked at.

    :raises InvalidInput: as ``lock_for``. :raises Damaged: as ``unlock_file``. :raises StorageRefused: no room.
    """
    if not is_locked(bundle):
        yield bundle
        return
    lock = lock_for(bundle, home, password)
    with translated(home), TemporaryDirectory(dir=private_temp(home)) as place:
        plain = Path(place) / bundle.name.removesuffix(SUFFIX)
        unlock_file(bundle, plain, lock)
        yield plain


def _derived(password: str, salt: bytes) -> Lock:
    told = unicodedata.normalize("NFKC", password).encode()  # full-width or not is no other password
    key = hashlib.scrypt(told, salt=salt, n=_ROUNDS, r=_BLOCK, p=1, maxmem=_MEMORY, dklen=32)
    return Lock(salt, key)


def _head(path: Path) -> bytes:
    try:
        with path.open("rb") as stream:
            head = stream.read(_HEAD)
    except OSError:
        raise StorageRefused(f"没有这个备份文件：{path}。请核对路径。") from None
    if len(head) < _HEAD:
        raise Damaged(f"{path.name} 不是完整的备份文件，没有使用它。请换一个备份。")
    return head


def _parts(head: bytes) -> tuple[bytes, bytes, bytes]:
    """Salt of the password, check of the key, salt of the file."""
    salt, rest = head[len(_MAGIC) : len(_MAGIC) + _SALT], head[len(_MAGIC) + _SALT :]
    return salt, rest[:_CHECK], rest[_CHECK:]


def _fits(head: bytes, lock: Lock) -> bool:
    salt, check, _ = _parts(head)
    return salt == lock.salt and hmac.compare_digest(check, _check(lock))


def _check(lock: Lock) -> bytes:
    return hashlib.blake2b(lock.salt, key=lock.key, digest_size=_CHECK, person=b"check").digest()


def _cipher(head: bytes, lock: Lock) -> AESGCM:
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM  # noqa: PLC0415 - only where something is locked

    return AESGCM(hashlib.blake2b(_parts(head)[2], key=lock.key, digest_size=32, person=b"file").digest())


def _lock(plain: BinaryIO, hidden: BinaryIO, head: bytes, lock: Lock) -> None:
    cipher, count, piece = _cipher(head, lock), 0, plain.read(_CHUNK)
    while True:
        following = plain.read(_CHUNK)
        hidden.write(cipher.encrypt(count.to_bytes(12), piece, head + (b"" if following else b"last")))
        if not following:
            return
        count, piece = count + 1, following


def _opened(hidden: BinaryIO, plain: BinaryIO, name: str, lock: Lock) -> None:
    from cryptography.exceptions import InvalidTag  # noqa: PLC0415 - only where something is locked

    try:
        _unlock(hidden, plain, hidden.read(_HEAD), lock)
    except (InvalidTag, ValueError):
        raise Damaged(f"{name} 不是完整的备份文件，没有使用它。请换一个备份。") from None


def _unlock(hidden: BinaryIO, plain: BinaryIO, head: bytes, lock: Lock) -> None:
    cipher, count, piece = _cipher(head, lock), 0, hidden.read(_CHUNK + _TAG)
    while True:
        following = hidden.read(_CHUNK + _TAG)
        plain.write(cipher.decrypt(count.to_bytes(12), piece, head + (b"" if following else b"last")))
        if not following:
            return
        count, piece = count + 1, following

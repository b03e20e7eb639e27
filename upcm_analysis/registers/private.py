"""What is not published: tables that figures rest on and that nobody is shown, and hashes that do not give them away.

The sha256 of a table of few cells is found back in milliseconds, by trying what may stand in it. So whatever is given out and
would be a hash of such a table is a keyed one, with a key that stays on this machine; where there is no such table, nothing is.
"""

import contextlib
import csv
import hashlib
import hmac
import os
import secrets
from pathlib import Path

from factpress.errors import InputError
from factpress.home import home

#: The register, and the roles in it of tables that figures rest on and that are not published.
REGISTER, PRIVATE = "data/sources.csv", ("known", "concordance", "answers")
#: The role of a table that nothing rests on: it is kept, and nothing of it is published.
STORED = "stored"
#: The key of this machine, which git passes over; its length is that of 32 bytes.
KEY, LENGTH = ".private-key", 64
#: What stands for the hash of a table that is not published.
WITHHELD = "not published"


def there_is_any() -> bool:
    """Whether a table is registered that is not published. Reads the register and no more: it is asked before every build."""
    try:
        with (home() / REGISTER).open(encoding="utf-8", newline="") as file:
            return any(row.get("role") in (*PRIVATE, STORED) for row in csv.DictReader(file))
    except (OSError, ValueError, csv.Error):
        return False  # no register, or none that can be read, which others find fault with


def sealed(digest: str) -> str:
    """A hash of data as it may be given out: where any of that is not published a keyed hash of it, else as it is."""
    return keyed(digest) if there_is_any() else digest


def keyed(text: str) -> str:
    """The HMAC-SHA256 of a text with the key of this machine, which is made where there is none."""
    return hmac.new(_key().encode(), text.encode(), hashlib.sha256).hexdigest()


def _key() -> str:
    """The key of this machine. Raises InputError for one that is not whole."""
    path = home() / KEY
    if not path.is_file():
        _make(path)
    key = path.read_text(encoding="utf-8").strip()
    if len(key) != LENGTH:
        raise InputError(
            "the key of this machine is not whole",
            file=KEY,
            found=f"{len(key)} characters",
            expected=f"{LENGTH} characters",
            remedy="remove it: another is made, and what rests on tables that are not published gets other hashes",
        )
    return key


def _make(path: Path) -> None:
    """Makes a key, for nobody else to read, unless another process has just made one."""
    made = path.with_name(f"{KEY}-{os.getpid()}")
    try:
        made.touch(0o600)
        made.write_text(secrets.token_hex(LENGTH // 2), encoding="utf-8")
        with contextlib.suppress(FileExistsError):
            os.link(made, path)
    finally:
        made.unlink(missing_ok=True)

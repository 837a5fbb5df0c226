"""The publication's secrets: made on first run, kept in one directory, used to seal and to sign.

What is sealed can be read back with the key (an address a guest gave); a digest cannot, it only
answers "is this the same one?".
"""

import hashlib
import hmac
import os
import secrets
from functools import cached_property
from pathlib import Path

from cryptography.fernet import Fernet


class Keyring:
    """The keys in one directory. Those that are missing are made when `make` is called."""

    NAMES = ("signing", "sealing")

    def __init__(self, directory: Path) -> None:
        self.directory = directory

    def make(self) -> None:
        """Make what is missing, readable by its owner only."""
        self.directory.mkdir(parents=True, exist_ok=True, mode=0o700)
        for name in self.NAMES:
            path = self.directory / name
            if not path.exists():
                descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
                with os.fdopen(descriptor, "wb") as file:
                    file.write(Fernet.generate_key())

    @property
    def complete(self) -> bool:
        return all((self.directory / name).exists() for name in self.NAMES)

    @cached_property
    def signing(self) -> str:
        return self._read("signing").decode()

    @cached_property
    def _fernet(self) -> Fernet:
        return Fernet(self._read("sealing"))

    def seal(self, text: str) -> bytes:
        return self._fernet.encrypt(text.encode())

    def unseal(self, sealed: bytes | memoryview) -> str:
        return self._fernet.decrypt(bytes(sealed)).decode()

    def digest(self, purpose: str, text: str) -> str:
        """32 hexadecimal characters that stand for `text` and cannot be turned back without the key."""
        message = f"{purpose}\0{text}".encode()
        return hmac.new(self._digest_key, message, hashlib.sha256).hexdigest()[:32]

    @cached_property
    def _digest_key(self) -> bytes:
        return self._read("sealing")

    def _read(self, name: str) -> bytes:
        path = self.directory / name
        if path.exists():
            return path.read_bytes().strip()
        # Without a home there is nothing to protect; `broadsheet serve` refuses to start that way.
        return Fernet.generate_key() if name == "sealing" else secrets.token_urlsafe(48).encode()

"""An account. It holds identity only; every other app hangs its own rows on it."""

from typing import Any, ClassVar

from django.contrib.auth.models import AbstractUser, UserManager
from django.db import models
from django.db.models.functions import Lower
from django.utils.crypto import salted_hmac


class ReaderManager(UserManager["Reader"]):
    def _create_user_object(self, email: str, password: str | None, **fields: Any) -> "Reader":
        reader = self.model(email=self.normalize_email(email), **fields)
        reader.set_password(password)
        return reader

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "Reader":  # type: ignore[override]
        reader = self._create_user_object(email, password, **fields)
        reader.save(using=self._db)
        return reader

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> "Reader":  # type: ignore[override]
        return self.create_user(email, password, is_staff=True, is_superuser=True, **fields)

    def get_by_natural_key(self, username: str | None) -> "Reader":
        return self.get(email__iexact=username)


class Reader(AbstractUser):
    username = None  # type: ignore[assignment]
    email = models.EmailField("e-mail address", unique=True)
    name = models.CharField(max_length=80, help_text="The name that stands beside what this person writes.")
    signed_out_at = models.DateTimeField(null=True, editable=False)
    """When this reader last signed out everywhere: a session that began before is none."""

    address_proved_at = models.DateTimeField(null=True, editable=False)
    """When this reader last showed that mail to the address reaches them; with another address it begins anew."""

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]

    objects = ReaderManager()  # type: ignore[misc]

    class Meta(AbstractUser.Meta):
        constraints = [
            models.UniqueConstraint(
                Lower("email"),
                name="one_reader_an_email",
                violation_error_message="Somebody with this e-mail address is here already.",
            ),
        ]

    def __str__(self) -> str:
        return self.name or self.email

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Mailboxes that differ in capitals only are one in practice, and signing in takes them for one."""
        self.email = self.email.lower()
        super().save(*args, **kwargs)

    def _get_session_auth_hash(self, secret: str | None = None) -> str:
        """What a session must know to be theirs. It changes with the password and when they sign out everywhere."""
        known: str = super()._get_session_auth_hash(secret=secret)  # type: ignore[misc]
        if self.signed_out_at is None:
            return known
        return salted_hmac(
            known, self.signed_out_at.isoformat(), secret=secret, algorithm="sha256"
        ).hexdigest()

    def get_full_name(self) -> str:
        return self.name

    def get_short_name(self) -> str:
        return self.name

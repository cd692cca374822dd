"""Who may sign in."""

from typing import Any

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models

from erreichbar.centre import permissions
from erreichbar.centre.models.fields import check, one_of, reference, word
from erreichbar.record.words import Role


class UserManager(BaseUserManager["User"]):
    """Finds people by their id in the office file."""

    def get_by_natural_key(self, username: str | None) -> "User":
        return self.get(username=username, is_active=True)


class User(AbstractBaseUser):
    """A person of the office file. Name, unit and extension stand there, not here."""

    username = models.CharField(max_length=40, unique=True, help_text="id of the person in the office file")
    role = word(Role)
    is_active = models.BooleanField(default=True, help_text="false once she has left the office file")
    is_virtual = models.BooleanField(default=False, help_text="an automatic colleague of the training line")
    # When somebody signs in is nobody's business: no history of staff anywhere.
    last_login = None  # Django's way to leave out an inherited column

    objects = UserManager()

    USERNAME_FIELD = "username"
    REQUIRED_FIELDS = ["role"]

    class Meta:
        constraints = [check("user_role", one_of("role", Role))]

    def has_perm(self, permission: str, obj: Any = None) -> bool:
        """Return whether the role of this person allows a kind of change."""
        return self.is_active and permissions.allows(Role(self.role), permission)


class StaffPseudonym(models.Model):
    """Under what reference somebody of the office stands in the journal, a new one each month."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="pseudonyms")
    month = models.DateField(help_text="first day of the month, UTC")
    ref = reference()

    class Meta:
        constraints = [models.UniqueConstraint(name="centre_pseudonym_month", fields=["user", "month"])]

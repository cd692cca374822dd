"""What somebody of the office is told in the morning."""

from django.db import models
from django.db.models import Q

from erreichbar.centre.models.fields import check, one_of, reference, word
from erreichbar.centre.models.user import User
from erreichbar.record.words import MessageProblem

DUE = Q(sent_at__isnull=True, given_up_at__isnull=True, nothing=False)
"""The digests that are still to be sent."""


class MorningDigest(models.Model):
    """The digest of a day: each person has one at most. It is forgotten after a few days, for it would be a history of her.

    ``tickets`` holds the references that it tells of: ``own``, ``led`` and, of both, ``told``.
    """

    ref = reference()
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="digests")
    day = models.DateField(help_text="office time")
    tickets = models.JSONField(default=dict)
    nothing = models.BooleanField(help_text="whether there was nothing to tell")
    tries = models.PositiveSmallIntegerField(default=0)
    next_try_at = models.DateTimeField(null=True, help_text="none: at once")
    problem = word(MessageProblem, null=True, help_text="why the last try failed, none: it did not")
    sent_at = models.DateTimeField(
        null=True, help_text="when a mail server took it, none: it did not, or there is none"
    )
    given_up_at = models.DateTimeField(null=True)
    dismissed_at = models.DateTimeField(null=True, help_text="since when it is not shown any more")

    class Meta:
        constraints = [
            models.UniqueConstraint(name="centre_digest_once", fields=["user", "day"]),
            check("digest_problem", Q(problem__isnull=True) | one_of("problem", MessageProblem)),
            check("digest_ends_once", Q(sent_at__isnull=True) | Q(given_up_at__isnull=True)),
        ]

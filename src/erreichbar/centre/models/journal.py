"""The journal's tables (design decision 5). Written by ``centre.journal`` alone."""

from django.db import models
from django.db.models import Q

from erreichbar.centre.models.fields import check


class JournalEntry(models.Model):
    """One entry. ``line`` is hashed, payload and salt can be erased, the rest are copies that verify compares."""

    sequence = models.BigIntegerField(primary_key=True)
    moment = models.CharField(max_length=24, help_text="copy: ISO 8601, UTC, milliseconds")
    kind = models.CharField(max_length=40, help_text="copy")
    previous = models.CharField(max_length=64, help_text="copy: entry_hash of the entry before")
    entry_hash = models.CharField(max_length=64, help_text="SHA-256 of line as stored")
    line = models.TextField(help_text="canonical JSON of sequence, moment, kind, previous, payload_hash")
    payload = models.TextField(null=True, help_text="canonical JSON of the event's fields, none once erased")
    salt = models.CharField(max_length=32, null=True, help_text="16 random bytes, hexadecimal, none once erased")
    call = models.CharField(max_length=13, null=True, help_text="copy from the payload, for finding")
    ticket = models.CharField(max_length=13, null=True, help_text="copy from the payload, for finding")

    class Meta:
        constraints = [check("journal_sequence", Q(sequence__gte=1))]
        indexes = [
            models.Index(fields=["call"], name="centre_journal_call", condition=Q(call__isnull=False)),
            models.Index(fields=["ticket"], name="centre_journal_ticket", condition=Q(ticket__isnull=False)),
        ]


class JournalHead(models.Model):
    """Where the chain ends: one row."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    sequence = models.BigIntegerField()
    entry_hash = models.CharField(max_length=64)

    class Meta:
        constraints = [check("journal_one_head", Q(id=1))]

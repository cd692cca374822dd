"""Call figures that other organisations reported of themselves. They stand beside our record and are never part of it."""

from django.db import models
from django.db.models import F, Q

from erreichbar.centre.models.fields import check, one_of, word
from erreichbar.record.words import ReportWay


class ProviderInterval(models.Model):
    """What an organisation counted in an interval (``record.provider``). The latest ``version`` counts; all are kept."""

    organisation = models.CharField(max_length=40, help_text="id in the office file")
    start = models.DateTimeField()
    end = models.DateTimeField()
    version = models.PositiveIntegerField(help_text="1, and one more with each correction")
    offered = models.PositiveIntegerField()
    answered = models.PositiveIntegerField()
    abandoned = models.PositiveIntegerField()
    answered_within = models.PositiveIntegerField(null=True, help_text="of the answered, within within_s seconds")
    within_s = models.PositiveIntegerField(null=True)
    mean_wait_s = models.PositiveIntegerField(null=True)
    mean_talk_s = models.PositiveIntegerField(null=True)
    way = word(ReportWay)
    reported_at = models.DateTimeField()

    class Meta:
        constraints = [
            check("provider_way", one_of("way", ReportWay)),
            check("provider_interval", Q(start__lt=F("end"))),
            check("provider_parts", Q(offered__gte=F("answered") + F("abandoned"))),
            models.UniqueConstraint(name="centre_provider_version", fields=["organisation", "start", "end", "version"]),
        ]

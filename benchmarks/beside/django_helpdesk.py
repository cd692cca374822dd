"""django-helpdesk with as many tickets, in an environment of its own: the peer of ``lists.py``. Runs there, imports nothing of ours.

    django_helpdesk.py FILE TICKETS UNITS PEOPLE    then asked by lines on stdin, each answered with a line of JSON on stdout

It is given every advantage that its settings allow: no e-mail to send, no teams, an empty knowledge base, all of a run in one
transaction, the indexes that its own migrations make.
"""

import contextlib
import json
import resource
import sys
import time
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import quote

NOW = datetime.fromisoformat("2026-03-05T11:00:00+01:00")
DAYS = 2
"""After so many days a ticket is escalated."""


def main() -> None:
    """Fill a database and answer what is asked: ``list`` and how many rows, or ``run`` and how many minutes have passed since."""
    file, tickets, units, people = sys.argv[1], *map(int, sys.argv[2:])
    _set_up(file)
    _fill(tickets, units, people)
    lists = _lists()
    print(json.dumps({"ready": True}), flush=True)
    for line in sys.stdin:
        what, *given = line.split()
        start, queries = time.process_time(), _Counted()
        with queries:
            found = (lists if what == "list" else _run)(int(given[0]))
        said = {"ms": (time.process_time() - start) * 1000, "queries": queries.number, "found": found}
        said["mb"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        print(json.dumps(said), flush=True)


def _set_up(file: str) -> None:
    import django
    from django.conf import settings

    settings.configure(
        DATABASES={"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": file}},
        INSTALLED_APPS=[
            *(
                f"django.contrib.{app}"
                for app in ("auth", "contenttypes", "sessions", "messages", "sites", "staticfiles")
            ),
            *("django.contrib.admin", "django.contrib.humanize", "rest_framework", "helpdesk"),
        ],
        MIDDLEWARE=[
            "django.contrib.sessions.middleware.SessionMiddleware",
            "django.middleware.common.CommonMiddleware",
            "django.middleware.csrf.CsrfViewMiddleware",
            "django.contrib.auth.middleware.AuthenticationMiddleware",
            "django.contrib.messages.middleware.MessageMiddleware",
        ],
        TEMPLATES=[
            {
                "BACKEND": "django.template.backends.django.DjangoTemplates",
                "APP_DIRS": True,
                "OPTIONS": {
                    "context_processors": [
                        "django.template.context_processors.request",
                        "django.contrib.auth.context_processors.auth",
                        "django.contrib.messages.context_processors.messages",
                    ]
                },
            }
        ],
        ROOT_URLCONF=__name__,
        SECRET_KEY="not secret",
        SITE_ID=1,
        ALLOWED_HOSTS=["testserver"],
        USE_TZ=True,
        TIME_ZONE="Europe/Berlin",
        DEFAULT_AUTO_FIELD="django.db.models.BigAutoField",
        STATIC_URL="/static/",
        MEDIA_ROOT=str(Path(file).parent),
        EMAIL_BACKEND="django.core.mail.backends.dummy.EmailBackend",
        HELPDESK_TEAMS_MODE_ENABLED=False,
        HELPDESK_KANBAN_ENABLED=False,
        SILENCED_SYSTEM_CHECKS=["helpdesk"],
    )
    django.setup()
    from django.core.management import call_command
    from django.urls import include, path
    from django.utils import timezone

    globals()["urlpatterns"] = [path("", include("helpdesk.urls"))]
    call_command("migrate", verbosity=0)
    timezone.now = lambda: NOW


def _fill(tickets: int, units: int, people: int) -> None:
    from django.contrib.auth.models import User
    from helpdesk.models import FollowUp, Queue, Ticket

    staff = [
        User(username=f"p{n}", first_name="Kim", last_name=f"Muster {n}", is_staff=True) for n in range(units * people)
    ]
    for one in staff:
        one.save()  # one by one: with each come her settings
    queues = [
        Queue.objects.create(title=f"Team {n}", slug=f"team-{n}", escalate_days=DAYS, allow_public_submission=True)
        for n in range(units)
    ]
    opened = [NOW - timedelta(minutes=number * (DAYS * 1440 - 1) / tickets) for number in range(tickets)][::-1]
    Ticket.objects.bulk_create(
        (
            Ticket(
                title=f"Matter {number}",
                queue=queues[number % units],
                created=opened[number],
                modified=opened[number],
                assigned_to=staff[(number % units) * people + number // units % people] if number % 10 else None,
                status=Ticket.OPEN_STATUS,
                description="What the citizen said.",
                priority=3,
                secret_key=f"{number:036}",
            )
            for number in range(tickets)
        ),
        batch_size=2000,
    )
    # As many were tried once as with us: three in ten.
    FollowUp.objects.bulk_create(
        (
            FollowUp(ticket_id=pk, date=NOW, title="Called", comment="Not answered", public=False)
            for place, pk in enumerate(Ticket.objects.order_by("pk").values_list("pk", flat=True))
            if place % 10 < 3
        ),
        batch_size=2000,
    )


def _lists() -> Callable[[int], int]:
    """Return what asks for the list of one unit: the page, and as many rows as it fetches."""
    from django.contrib.auth.models import User
    from django.test import Client
    from helpdesk.models import Queue
    from helpdesk.query import query_to_base64

    client, queue = Client(), Queue.objects.get(slug="team-1")
    client.force_login(User.objects.filter(is_staff=True)[0])
    query = {
        "filtering": {"queue__id__in": [queue.pk], "status__in": [1, 2]},
        "filtering_null": {},
        "sorting": "created",
        "sortreverse": False,
        "search_string": "",
    }
    fetched = f"/datatables_ticket_list/{quote(query_to_base64(query))}?draw=1&start=0&length="

    def lists(rows: int) -> int:
        page = client.get(f"/tickets/?queue={queue.pk}&status=1&status=2")
        assert page.status_code == 200, page.status_code
        answer = client.get(f"{fetched}{rows}")
        assert answer.status_code == 200, (answer.status_code, answer.content[:300])
        return len(answer.json()["data"])

    return lists


def _run(minutes: int) -> int:
    """Escalate what is due after so many minutes. Returns how many tickets were escalated."""
    from django.core.management import call_command
    from django.db import transaction
    from django.utils import timezone
    from helpdesk.models import FollowUp

    timezone.now = lambda: NOW + timedelta(minutes=minutes)
    before = FollowUp.objects.count()
    with transaction.atomic():
        call_command("escalate_tickets", verbosity=0)
    return FollowUp.objects.count() - before


class _Counted(contextlib.ExitStack):
    """Counts the statements that are sent to the database."""

    number = 0

    def __enter__(self) -> "_Counted":
        from django.db import connection

        self.enter_context(connection.execute_wrapper(self._count))
        return self

    def _count(self, execute: Any, *given: Any) -> Any:
        self.number += 1
        return execute(*given)


if __name__ == "__main__":
    main()

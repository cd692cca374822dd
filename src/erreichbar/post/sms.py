"""Text messages through a provider with an HTTP interface.

``POST address`` with ``Authorization: Bearer KEY``, ``Idempotency-Key: REFERENCE`` and the JSON object
``{"from": …, "to": "+49…", "text": …, "reference": …}``. An answer 2xx is "taken", 408, 429 and 5xx "try again later",
any other "refused". A provider that speaks otherwise needs a small adapter in between.
"""

import json
import os
import urllib.request

from erreichbar.centre.outside import NoAnswer, Refusal, ask
from erreichbar.office.model import Sms
from erreichbar.post.port import Letterbox, NotSent
from erreichbar.post.texts import Written
from erreichbar.record.words import MessageProblem

LATER = (408, 429)


class SmsWay:
    """Sends by an SMS provider. Given the same reference again, a provider is to send only once."""

    def __init__(self, sms: Sms) -> None:
        self._sms = sms

    def send(self, to: Letterbox, written: Written) -> None:
        """Hand a text message over. Raises ``NotSent``."""
        body = {"from": self._sms.sender, "to": to.address, "text": written.text, "reference": to.ref}
        headers = {"Content-Type": "application/json", "Idempotency-Key": to.ref}
        if self._sms.key_variable:
            headers["Authorization"] = f"Bearer {os.environ.get(self._sms.key_variable, '')}"
        request = urllib.request.Request(self._sms.address, json.dumps(body).encode(), headers)
        try:
            ask(request)
        except NoAnswer:
            raise NotSent(MessageProblem.UNREACHABLE) from None
        except Refusal as refusal:
            if refusal.status >= 500 or refusal.status in LATER:
                raise NotSent(MessageProblem.UNREACHABLE) from None
            raise NotSent(MessageProblem.REFUSED, for_good=True) from None

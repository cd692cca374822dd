"""E-mail through the office's SMTP server (RFC 5321)."""

import os
import smtplib
from email.utils import formatdate

from django.core.mail import EmailMessage
from django.core.mail.backends.smtp import EmailBackend

from erreichbar.office.model import Mail
from erreichbar.post.port import Letterbox, NotSent
from erreichbar.post.texts import Written
from erreichbar.record.words import MessageProblem

PATIENCE_S = 30


class MailWay:
    """Sends by a mail server. The message's reference is its Message-ID, so a server or reader may know it again."""

    def __init__(self, mail: Mail) -> None:
        self._mail = mail

    def send(self, to: Letterbox, written: Written) -> None:
        """Hand an e-mail over. Raises ``NotSent``: for good on an answer 5xx to this message, else to be tried again."""
        mail = self._mail
        backend = EmailBackend(
            host=mail.host,
            port=mail.port,
            username=mail.username or "",
            password=os.environ.get(mail.password_variable or "", ""),
            use_tls=mail.security == "starttls",
            use_ssl=mail.security == "tls",
            timeout=PATIENCE_S,
        )
        headers = {
            "Message-ID": f"<{to.ref}@{mail.sender.partition('@')[2]}>",
            "Auto-Submitted": "auto-generated",
            "Date": formatdate(),
        }
        message = EmailMessage(written.subject, written.text, mail.sender, [to.address], headers=headers)
        try:
            backend.send_messages([message])
        except (smtplib.SMTPRecipientsRefused, smtplib.SMTPDataError) as error:
            raise _not_sent(error) from None
        except (smtplib.SMTPException, OSError):
            raise NotSent(MessageProblem.UNREACHABLE) from None
        except ValueError:  # an address that no e-mail can have
            raise NotSent(MessageProblem.REFUSED, for_good=True) from None


def _not_sent(error: smtplib.SMTPRecipientsRefused | smtplib.SMTPDataError) -> NotSent:
    codes = (
        [error.smtp_code]
        if isinstance(error, smtplib.SMTPDataError)
        else [code for code, _ in error.recipients.values()]
    )
    if all(code >= 500 for code in codes):
        return NotSent(MessageProblem.REFUSED, for_good=True)
    return NotSent(MessageProblem.UNREACHABLE)

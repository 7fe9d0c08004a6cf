"""A message to one reader, as mail programs understand it."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, parseaddr

from crawler.text.clean import one_line
from scheduler.delivery.channel import Parcel

# Not every server on the way takes eight bits.
POLICY = SMTP.clone(cte_type="7bit")
MAX_SUBJECT = 250
MAX_NAME = 100
LATE: Mapping[str, str] = {"en": "[late]", "az": "[gecikib]", "ru": "[с опозданием]"}
"""What stands before the subject of a digest that goes out well after its time."""


def compose(parcel: Parcel, sender: str) -> EmailMessage:
    """The message from `sender`. Only the mark of lateness changes with the time at which it is sent."""
    delivery = parcel.delivery
    message = EmailMessage(policy=POLICY)
    message["From"] = _address(sender)
    message["To"] = _address(delivery.recipient)
    mark = LATE.get(delivery.language, LATE["en"]) if parcel.is_late else ""
    message["Subject"] = one_line(f"{mark} {delivery.subject}", limit=MAX_SUBJECT)
    message["Date"] = format_datetime(delivery.created_at)
    message["Message-ID"] = delivery.identity
    message["Auto-Submitted"] = "auto-generated"
    if delivery.profile is not None:
        message["List-Id"] = f"Khabar digest <{delivery.profile}.khabar.{domain_of(sender)}>"
        message["List-Unsubscribe"] = f"<mailto:{parseaddr(sender)[1]}?subject=unsubscribe%20{delivery.profile}>"
    if parcel.is_late:
        message["X-Khabar-Late"] = f"expected {format_datetime(delivery.expected_at)}"
    message.set_content(parcel.parts["txt"])
    if "html" in parcel.parts:
        message.add_alternative(parcel.parts["html"], subtype="html")
    return message


def message_id(key: str, sender: str, recipient: str) -> str:
    """The Message-ID of the message `key` to `recipient`: the same whenever it is made."""
    digest = hashlib.sha256(f"{key}\n{recipient}".encode()).hexdigest()
    return f"<{digest[:32]}@{domain_of(sender)}>"


def domain_of(sender: str) -> str:
    """The domain of an address."""
    return parseaddr(sender)[1].rpartition("@")[2] or "localhost"


def _address(text: str) -> Address:
    name, address = parseaddr(text)
    return Address(display_name=one_line(name, limit=MAX_NAME), addr_spec=address)

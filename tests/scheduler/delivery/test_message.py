"""What a message says in its headers, whatever it is about."""

from __future__ import annotations

import email
import email.policy
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scheduler.delivery.channel import Parcel
from scheduler.delivery.message import compose, message_id
from storage.records import Delivery
from tests.factories import make_delivery
from tests.scheduler.delivery.post import SENDER

PARTS = {"txt": "text", "html": "<p>text</p>"}


def sent(one: Delivery, *, is_late: bool = False) -> email.message.EmailMessage:
    """What the reader's program makes of it."""
    content = compose(Parcel(one, PARTS, is_late), SENDER).as_bytes()
    return email.message_from_bytes(content, policy=email.policy.default, _class=email.message.EmailMessage)


@settings(deadline=None)
@given(st.text(st.characters(), max_size=400))
def test_any_subject_makes_one_line_and_no_other_header(subject: str) -> None:
    content = compose(Parcel(make_delivery(subject=subject), PARTS), SENDER).as_bytes()
    assert max(map(len, content.split(b"\r\n"))) <= 998
    message = sent(make_delivery(subject=subject))
    assert message.keys() == sent(make_delivery()).keys()
    assert "\n" not in message["Subject"]


@pytest.mark.parametrize(("language", "mark"), [("en", "[late] "), ("az", "[gecikib] "), ("ru", "[с опозданием] ")])
def test_a_late_digest_says_so_in_its_language(language: str, mark: str) -> None:
    message = sent(make_delivery(language=language), is_late=True)
    assert message["Subject"] == f"{mark}Khabar"
    assert message["X-Khabar-Late"].startswith("expected ")


def test_an_alarm_is_no_mailing_list() -> None:
    message = sent(replace(make_delivery(), profile=None))
    assert (message["List-Id"], message["List-Unsubscribe"]) == (None, None)
    assert message["Auto-Submitted"] == "auto-generated"


def test_a_message_without_html_is_plain_text() -> None:
    one = compose(Parcel(make_delivery(), {"txt": "text"}), SENDER)
    assert one.get_content_type() == "text/plain"


def test_a_message_id_belongs_to_one_message_and_one_reader() -> None:
    keys = [("digest daily 2026-11-21", "a@x.example"), ("digest daily 2026-11-21", "b@x.example"), ("alarm", "a@x")]
    ids = {message_id(key, SENDER, recipient) for key, recipient in keys}
    assert len(ids) == 3
    assert message_id(*keys[0][:1], SENDER, keys[0][1]) in ids

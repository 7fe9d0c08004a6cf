"""Posting, to real servers on loopback."""

from __future__ import annotations

import hashlib
import hmac
import json
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from scheduler.config import AppConfig
from scheduler.delivery import webhook
from scheduler.delivery.outbox import deliver_due, queue_alarm
from scheduler.delivery.slack import MAX_TEXT, slack_text
from storage.records import DeliveryState
from storage.session import Storage
from tests.scheduler.delivery.post import NOW, RawServer, all_deliveries, free_port, queue
from tests.scheduler.digest.builders import article, digest_of

HOUR = timedelta(hours=1)
LOOPBACK = ["127.0.0.1/32"]


@dataclass
class Hook:
    """Answers with `status`, and keeps what it was sent."""

    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    requests: list[tuple[str, dict[str, str], bytes]] = field(default_factory=list)

    @contextmanager
    def running(self) -> Iterator[int]:
        hook = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                hook.requests.append((self.path, dict(self.headers), body))
                self.send_response(hook.status)
                for name, value in hook.headers.items():
                    self.send_header(name, value)
                self.end_headers()
                self.wfile.write(b"so it is")

            def log_message(self, format: str, *args: object) -> None:
                """Nothing: tests are quiet."""

        server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        try:
            yield server.server_port
        finally:
            server.shutdown()
            thread.join()
            server.server_close()

    @property
    def bodies(self) -> list[Any]:
        return [json.loads(body) for _, _, body in self.requests]


def config_for(port: int, **webhook_options: Any) -> AppConfig:
    address = {"url": f"http://127.0.0.1:{port}/hooks/s3cret?x=1"}
    return AppConfig.model_validate(
        {
            "crawl": {"allow_addresses": LOOPBACK},
            "digest": {"channels": ["webhook"]},
            "webhook": address | webhook_options,
        }
    )


@pytest.fixture
def storage(sqlite_storage: Storage) -> Storage:
    return sqlite_storage


def test_a_digest_is_posted_as_json(storage: Storage) -> None:
    hook = Hook()
    with hook.running() as port:
        config = config_for(port)
        queue(storage, config)
        assert deliver_due(storage, config, now=NOW).sent == 1
    (path, headers, _), (body,) = hook.requests[0], hook.bodies
    assert (path, headers["Host"]) == ("/hooks/s3cret?x=1", f"127.0.0.1:{port}")
    assert (body["kind"], body["profile"], body["on"]) == ("digest", "daily", "2026-11-21")
    assert "transit agreement" in json.dumps(body["digest"])


def test_a_request_is_signed_with_the_secret(storage: Storage, tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("k3y\n")
    hook = Hook()
    with hook.running() as port:
        config = config_for(port, secret_file=tmp_path / "secret")
        queue(storage, config)
        deliver_due(storage, config, now=NOW)
    _, headers, body = hook.requests[0]
    signed = headers["Khabar-Timestamp"].encode() + b"." + body
    assert headers["Khabar-Signature"] == f"sha256={hmac.new(b'k3y', signed, hashlib.sha256).hexdigest()}"


def test_without_a_secret_nothing_pretends_to_be_signed(storage: Storage) -> None:
    hook = Hook()
    with hook.running() as port:
        queue(storage, config_for(port))
        deliver_due(storage, config_for(port), now=NOW)
    assert "Khabar-Signature" not in hook.requests[0][1]


def test_the_path_of_the_address_is_shown_nowhere(storage: Storage) -> None:
    config = config_for(free_port())
    queue(storage, config)
    deliver_due(storage, config, now=NOW)
    (delivery,) = all_deliveries(storage)
    assert "s3cret" not in f"{delivery} {config!r}"


@pytest.mark.parametrize(
    ("status", "state"),
    [
        (200, DeliveryState.SENT),
        (204, DeliveryState.SENT),
        (302, DeliveryState.QUEUED),
        (400, DeliveryState.REFUSED),
        (404, DeliveryState.REFUSED),
        (408, DeliveryState.QUEUED),
        (429, DeliveryState.QUEUED),
        (500, DeliveryState.QUEUED),
        (503, DeliveryState.QUEUED),
    ],
)
def test_the_answer_decides(storage: Storage, status: int, state: DeliveryState) -> None:
    hook = Hook(status, {"Location": f"http://127.0.0.1:{free_port()}/"})
    with hook.running() as port:
        queue(storage, config_for(port))
        deliver_due(storage, config_for(port), now=NOW)
    (delivery,) = all_deliveries(storage)
    assert (delivery.state, delivery.words.startswith(str(status))) == (state, True)
    assert len(hook.requests) == 1


def test_a_server_that_wants_to_be_left_alone_is(storage: Storage) -> None:
    with Hook(503, {"Retry-After": "7200"}).running() as port:
        queue(storage, config_for(port))
        deliver_due(storage, config_for(port), now=NOW)
    assert all_deliveries(storage)[0].due_at >= NOW + 2 * HOUR


def test_a_delivery_has_one_name_however_often_it_is_posted(storage: Storage) -> None:
    hook = Hook(500)
    with hook.running() as port:
        queue(storage, config_for(port))
        for hours in range(2):
            deliver_due(storage, config_for(port), now=NOW + hours * HOUR)
    assert len({headers["Khabar-Delivery"] for _, headers, _ in hook.requests}) == 1
    assert len(hook.requests) == 2


def test_an_answer_that_does_not_come_is_ambiguous(storage: Storage, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(webhook, "ANSWER_SECONDS", 0.3)
    with RawServer(greeting=None, answers={"POST": ""}).running() as port:
        queue(storage, config_for(port))
        deliver_due(storage, config_for(port), now=NOW)
    assert all_deliveries(storage)[0].state is DeliveryState.AMBIGUOUS


@pytest.mark.parametrize(
    "host",
    [
        "127.0.0.2",
        "localhost",
        "0.0.0.0",
        "0x7f000002",
        "2130706434",
        "[::1]",
        "[::ffff:127.0.0.2]",
        "169.254.169.254",
    ],
)
def test_an_address_inside_is_never_connected_to(storage: Storage, monkeypatch: pytest.MonkeyPatch, host: str) -> None:
    tried: list[object] = []
    monkeypatch.setattr(socket.socket, "connect", lambda self, address: tried.append(address))
    config = config_for(1, url=f"http://{host}:8080/x")
    inside = config.model_copy(update={"crawl": config.crawl.model_copy(update={"allow_addresses": ()})})
    queue(storage, inside)
    deliver_due(storage, inside, now=NOW)
    (delivery,) = all_deliveries(storage)
    assert (tried, delivery.state) == ([], DeliveryState.QUEUED)
    assert "blocked: leads to the non-public address" in delivery.words


def test_an_alarm_is_posted_too(storage: Storage) -> None:
    hook = Hook()
    with hook.running() as port:
        config = config_for(port)
        with storage.begin() as db:
            assert queue_alarm(db, config, key="alarm 1", text="Khabar: the disk\n- is full", now=NOW) == 1
        deliver_due(storage, config, now=NOW)
    assert hook.bodies == [{"kind": "alarm", "subject": "Khabar: the disk", "text": "- is full"}]


def test_slack_gets_a_text_with_links(storage: Storage) -> None:
    hook = Hook()
    with hook.running() as port:
        config = config_for(port, style="slack")
        queue(storage, config)
        deliver_due(storage, config, now=NOW)
    (body,) = hook.bodies
    assert set(body) == {"text"}
    assert "|Baku and Astana sign a transit agreement>" in body["text"]


def test_slack_cannot_be_made_to_call_everybody() -> None:
    text = slack_text(digest_of(article("<!channel> Baku & Astana sign <https://evil.example|this>")))
    assert "&lt;!channel&gt;" in text
    assert "<!channel>" not in text
    assert "<https://evil.example" not in text


def test_a_very_long_digest_is_cut_for_slack() -> None:
    articles = [article(f"Baku and Astana sign agreement number {n} {'x' * 200}", story_id=n) for n in range(60)]
    text = slack_text(digest_of(*articles))
    assert len(text) <= MAX_TEXT
    assert text.endswith("+ 30")


@pytest.mark.parametrize("url", ["ftp://a.example/", "https://", "https://me:pw@a.example/", "hooks.example.org"])
def test_an_address_that_cannot_be_is_refused_when_it_is_read(url: str) -> None:
    with pytest.raises(ValueError, match=r"webhook\.url"):
        AppConfig.model_validate({"webhook": {"url": url}})

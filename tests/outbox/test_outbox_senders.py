"""Ways out, against real servers on this computer: what counts as sent, and that no secret and no title gets out of place."""

import base64
import email
import email.policy
import json
import shutil
import socket
import ssl
import subprocess
import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from email.message import EmailMessage
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import ClassVar

import pytest
from tests.outbox.conftest import CLASSIFIED, Postbox, message
from tests.sample_desk import policy

from git_feedback.outbox import SENDERS, Message, NotSent, Route
from git_feedback.policy.notify_files import SENDERS as KNOWN

MakeRoute = Callable[..., Route]
StartPostbox = Callable[..., tuple[Postbox, str]]
QUOTED = "s3cr%3Aet%2F%40"
"""A password as it stands in an address: `s3cr:et/@`."""


@pytest.fixture(autouse=True)
def _no_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    """Servers on this computer are asked directly."""
    monkeypatch.setenv("NO_PROXY", "*")


def parsed(content: bytes) -> EmailMessage:
    return email.message_from_bytes(content, policy=email.policy.default)


def why(by: str, route: Route, one: Message | None = None) -> NotSent:
    """The reason why it was not sent: in both languages, on one line, and without the secret."""
    with pytest.raises(NotSent) as caught:
        SENDERS[by](one or message(), route)
    for language in ("en", "zh"):
        said = caught.value.said(language)
        assert said
        assert "\n" not in said
        assert "s3cr" not in said
    assert "s3cr" not in repr(caught.value)
    return caught.value


def test_every_way_that_policy_knows_has_a_sender() -> None:
    assert set(SENDERS) == set(KNOWN)


# ---- letters --------------------------------------------------------------------------------------------------------


def test_a_draft_is_a_letter_that_reads_back_as_it_was(route: MakeRoute) -> None:
    one, way = message(), route()
    SENDERS["folder"](one, way)
    (file,) = way.folder.iterdir()
    letter = parsed(file.read_bytes())
    assert (letter["Subject"], letter["To"], letter["X-Unsent"]) == (one.subject, "纪南 <ji.nan@desk.example>", "1")
    text, html = letter.get_body(("plain",)), letter.get_body(("html",))
    assert text
    assert html
    assert text.get_content().replace("\r\n", "\n") == one.text
    assert html.get_content().replace("\r\n", "\n") == one.html
    assert file.name.startswith("20261120T110500-ji.nan-")


@pytest.mark.parametrize("title", [
    "退款\r\nBcc: all@desk.example", "退款\nSubject: 赢了", "=?utf-8?q?=0aBcc:_x?=", "<b>退款</b>", "退" * 500, "\u202e退款", "\x00退款",
])  # fmt: skip
def test_no_title_breaks_out_of_the_headers(route: MakeRoute, title: str) -> None:
    one, way = replace(message(), subject=f"P0：{title}"), route()
    SENDERS["folder"](one, way)
    (file,) = way.folder.iterdir()
    letter = parsed(file.read_bytes())
    assert set(letter) == {
        "Subject", "To", "Date", "Message-ID", "Auto-Submitted", "MIME-Version", "Content-Type", "X-Unsent",
    }  # fmt: skip
    assert letter["To"] == "纪南 <ji.nan@desk.example>"
    assert letter["Subject"].startswith("P0：")


def test_a_hostile_title_of_an_item_reaches_the_subject_on_one_visible_line(route: MakeRoute) -> None:
    urgent = CLASSIFIED.replace("urgency: 4, impact: 4", "urgency: 5, impact: 5")
    one = message(urgent.replace("支付页面报错", '"<script>\\u202e退款\\tBcc: a@b.example"'))
    way = route()
    SENDERS["folder"](one, way)
    (file,) = way.folder.iterdir()
    assert parsed(file.read_bytes())["Subject"] == "P0 Q261119-0AAJN0D：<script>[U+202E]退款 Bcc: a@b.example"


def test_who_has_no_address_or_none_that_works_is_named(route: MakeRoute) -> None:
    person = policy().people["ji.nan"]
    assert why("folder", replace(route(), person=None)).code == "send-no-address"
    nowhere = person.model_copy(update={"email": None})
    assert why("folder", replace(route(), person=nowhere)).code == "send-no-address"
    broken = person.model_copy(update={"email": "a,b@desk.example>"})
    assert why("folder", replace(route(), person=broken)).code == "send-bad-address"


def test_a_folder_that_cannot_be_written_is_a_failed_send(route: MakeRoute, tmp_path: Path) -> None:
    (tmp_path / "outbox").write_text("不是文件夹", encoding="utf-8")
    assert why("folder", route()).code == "send-no-folder"


def test_a_day_has_one_draft_of_nothing_but_daily_lines(route: MakeRoute) -> None:
    one = message()
    repeated = tuple(replace(alarm, repeat=True) for alarm in one.alarms)
    again = replace(one, blocks=(replace(one.blocks[0], alarms=repeated),))
    way = route()
    SENDERS["folder"](again, way)
    later = replace(way, now=way.now.replace(hour=12))
    SENDERS["folder"](replace(again, text="晚一些的字句"), later)
    assert [file.name[:16] for file in way.folder.iterdir()] == ["20261120-ji.nan-"]
    SENDERS["folder"](one, way)
    SENDERS["folder"](one, later)
    assert len(list(way.folder.iterdir())) == 3


# ---- mail -----------------------------------------------------------------------------------------------------------


def test_mail_arrives_as_it_was_written(route: MakeRoute, postbox: StartPostbox) -> None:
    box, place = postbox()
    SENDERS["mail"](message(), route("mail", f"smtp://{place}"))
    letter = parsed(box.letters[0])
    assert (letter["From"], letter["To"]) == ("反馈台 <desk@desk.example>", "纪南 <ji.nan@desk.example>")
    assert letter["Subject"] == message().subject
    body = letter.get_body(("plain",))
    assert body
    assert body.get_content().replace("\r\n", "\n") == message().text
    assert [line for line in box.said if line.upper().startswith("RCPT")] == ["rcpt TO:<ji.nan@desk.example>"]


def test_whoever_has_an_account_logs_in(route: MakeRoute, postbox: StartPostbox) -> None:
    box, place = postbox(extensions=("AUTH PLAIN",))
    SENDERS["mail"](message(), route("mail", f"smtp://desk%40desk.example:{QUOTED}@{place}"))
    assert len(box.letters) == 1
    (line,) = [line for line in box.said if line.startswith("AUTH PLAIN ")]
    assert base64.b64decode(line.split()[2]).decode() == "\0desk@desk.example\0s3cr:et/@"


@pytest.mark.parametrize(("behaviour", "code"), [
    ({"answers": {"banner": "554 go away"}}, "send-answered"), ({"answers": {"RCPT": "550 no such user"}}, "send-refused-address"),
    ({"answers": {"MAIL": "451 later"}}, "send-answered"), ({"answers": {"DATA": "554 spam"}}, "send-answered"),
    ({"answers": {"END": "552 too big"}}, "send-answered"), ({"answers": {"END": ""}}, "send-broke-off"),
    ({"answers": {"banner": ""}}, "send-broke-off"), ({"answers": {"banner": "你好"}}, "send-broke-off"),
    ({"hang": "banner"}, "send-too-slow"), ({"hang": "MAIL"}, "send-too-slow"), ({"hang": "END"}, "send-too-slow"),
])  # fmt: skip
def test_what_the_server_did_not_take_was_not_sent(
    route: MakeRoute, postbox: StartPostbox, behaviour: dict[str, object], code: str
) -> None:
    _, place = postbox(**behaviour)
    assert why("mail", route("mail", f"smtp://{place}", 0.3)).code == code


@pytest.mark.parametrize("behaviour", [{"hang": "QUIT"}, {"answers": {"QUIT": "500 what"}}, {"answers": {"QUIT": ""}}])
def test_what_it_says_to_the_farewell_changes_nothing(
    route: MakeRoute, postbox: StartPostbox, behaviour: dict[str, object]
) -> None:
    box, place = postbox(**behaviour)
    SENDERS["mail"](message(), route("mail", f"smtp://{place}", 0.3))
    assert len(box.letters) == 1


def test_a_wrong_password_is_a_failed_send(route: MakeRoute, postbox: StartPostbox) -> None:
    _, place = postbox(extensions=("AUTH PLAIN",), answers={"AUTH": "535 wrong: s3cr"})
    failed = why("mail", route("mail", f"smtp://desk:{QUOTED}@{place}"))
    assert (failed.code, failed.values["answer"]) == ("send-answered", 535)
    _, without = postbox()
    assert why("mail", route("mail", f"smtp://desk:{QUOTED}@{without}")).code == "send-no-login"


def test_a_password_never_crosses_a_wire_in_clear(route: MakeRoute, postbox: StartPostbox) -> None:
    box, place = postbox("127.0.0.2", extensions=("AUTH PLAIN",))
    assert why("mail", route("mail", f"smtp://desk:{QUOTED}@{place}")).code == "send-not-encrypted"
    assert not any(line.startswith("AUTH") for line in box.said)


def test_a_server_that_offers_encryption_and_refuses_it_gets_nothing(route: MakeRoute, postbox: StartPostbox) -> None:
    box, place = postbox("127.0.0.2", extensions=("STARTTLS", "AUTH PLAIN"), answers={"STARTTLS": "454 not now"})
    assert why("mail", route("mail", f"smtp://desk:{QUOTED}@{place}")).values["answer"] == 454
    assert box.letters == []


def test_a_server_on_this_computer_needs_no_encryption(route: MakeRoute, postbox: StartPostbox) -> None:
    box, place = postbox(extensions=("STARTTLS", "AUTH PLAIN"))
    SENDERS["mail"](message(), route("mail", f"smtp://desk:{QUOTED}@{place}"))
    assert len(box.letters) == 1


def test_a_certificate_that_nobody_vouches_for_is_not_trusted(route: MakeRoute, tmp_path: Path) -> None:
    if shutil.which("openssl") is None:
        pytest.skip("no openssl on this machine")
    files = [str(tmp_path / name) for name in ("key.pem", "certificate.pem")]
    words = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "1", "-subj", "/CN=localhost"]
    subprocess.run([*words, "-keyout", files[0], "-out", files[1]], check=True, capture_output=True)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(files[1], files[0])
    with socket.create_server(("127.0.0.1", 0)) as server:
        threading.Thread(target=_shake_hands, args=(server, context), daemon=True).start()
        secret = f"smtps://desk:{QUOTED}@localhost:{server.getsockname()[1]}"
        assert why("mail", route("mail", secret)).code == "send-bad-certificate"


def _shake_hands(server: socket.socket, context: ssl.SSLContext) -> None:
    connection, _ = server.accept()
    with connection:
        try:
            context.wrap_socket(connection, server_side=True)
        except OSError:
            return


def test_a_password_that_no_login_can_carry_is_said_to_be_one(route: MakeRoute) -> None:
    assert why("mail", route("mail", "smtp://desk:s3cr%E5%AD%97@127.0.0.1:1")).code == "send-not-ascii"


def test_a_server_that_is_not_there_is_a_failed_send(route: MakeRoute) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    assert why("mail", route("mail", f"smtp://desk:{QUOTED}@127.0.0.1:{port}")).code == "send-no-connection"


@pytest.mark.parametrize("secret", [
    "s3cret", "http://s3cret@host", "smtp://", "smtp://u:s3cr/et@host", "smtps://host/s3cr", "smtp://h:99999999", "smtp://[s3cr",
])  # fmt: skip
def test_what_is_no_mail_account_is_named_without_being_shown(route: MakeRoute, secret: str) -> None:
    assert why("mail", route("mail", secret)).code == "send-bad-mail-secret"


@pytest.mark.parametrize("by", ["mail", "webhook"])
@pytest.mark.parametrize("secret", [None, ""])
def test_a_missing_secret_names_the_variable(route: MakeRoute, by: str, secret: str | None) -> None:
    failed = why(by, route(by, secret))
    assert failed.code == "send-no-secret"
    assert "DESK_SECRET" in failed.said("zh")


# ---- webhooks -------------------------------------------------------------------------------------------------------


class Hook(BaseHTTPRequestHandler):
    """Answers what the path says: `/204`, `/302`, `/slow`, `/gone` (hangs up), `/broken` (no HTTP)."""

    posted: ClassVar[list[tuple[str, bytes]]] = []
    released: ClassVar[threading.Event] = threading.Event()

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.posted.append((self.headers["Content-Type"], body))
        what = self.path.split("/")[1]
        if what == "slow":
            self.released.wait(20)
        elif what == "broken":
            self.wfile.write("你好\r\n".encode())
        elif what != "gone":
            self.send_response(int(what))
            self.send_header("Location", "/200/s3cret")
            self.send_header("Content-Length", "0")
            self.end_headers()

    def do_GET(self) -> None:
        self.posted.append(("GET", b""))
        self.send_response(200)
        self.end_headers()

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the library's name
        """Silent."""


@pytest.fixture
def hook() -> Iterator[str]:
    Hook.posted.clear()
    Hook.released.clear()
    server = ThreadingHTTPServer(("127.0.0.1", 0), Hook)
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_address[1]}"
    Hook.released.set()
    server.shutdown()
    server.server_close()


@pytest.mark.parametrize("status", [200, 201, 204])
def test_a_webhook_gets_title_and_text_as_json(route: MakeRoute, hook: str, status: int) -> None:
    one = message()
    SENDERS["webhook"](one, route("webhook", f"{hook}/{status}/s3cret"))
    ((kind, body),) = Hook.posted
    assert kind == "application/json; charset=utf-8"
    assert json.loads(body) == {"title": one.subject, "text": one.text}


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308, 400, 401, 404, 500, 503])
def test_anything_but_2xx_is_a_failed_send_and_nobody_is_followed(route: MakeRoute, hook: str, status: int) -> None:
    failed = why("webhook", route("webhook", f"{hook}/{status}/s3cret"))
    assert (failed.code, failed.values["answer"]) == ("send-answered", status)
    assert len(Hook.posted) == 1


@pytest.mark.parametrize(
    ("path", "code"), [("slow", "send-too-slow"), ("gone", "send-broke-off"), ("broken", "send-broke-off")]
)
def test_no_answer_is_a_failed_send(route: MakeRoute, hook: str, path: str, code: str) -> None:
    assert why("webhook", route("webhook", f"{hook}/{path}/s3cret", 0.3)).code == code


def test_a_webhook_that_is_not_there_is_a_failed_send(route: MakeRoute) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    assert why("webhook", route("webhook", f"http://127.0.0.1:{port}/s3cret")).code == "send-no-connection"


@pytest.mark.parametrize("secret", [
    "s3cret", "file:///etc/s3cret", "ftp://host/s3cret", "http://", "http://host:s3cret/", "http://[s3cret", "https://host/s3 cret",
    "https://host/s3cr\r\nHost: x", "https://host/字s3cr", "http://chat.example/s3cret", "http://127.0.0.1.evil.example/s3cret",
])  # fmt: skip
def test_what_is_no_web_address_is_named_without_being_shown(route: MakeRoute, secret: str) -> None:
    assert why("webhook", route("webhook", secret)).code == "send-bad-webhook-secret"

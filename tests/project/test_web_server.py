"""The production server from outside: gunicorn under production settings on the test database."""

import http.client
import json
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import pytest
from django.db import connection
from pytest_django import DjangoDbBlocker

from tests.project.processes import free_port
from tests.project.production import HOST, PRODUCTION, REPOSITORY, environment, manage

# The mark makes pytest-django create the test database that the server is pointed at.
pytestmark = pytest.mark.django_db

READER = "203.0.113.9"
SECRET_WORDS = "metastatic-secret"


class Server:
    """Gunicorn as production starts it, with three more views (slow_wsgi.py)."""

    def __init__(self, folder: Path, database_url: str) -> None:
        self.port = free_port()
        self.log = folder / "log"
        self.slow_started = folder / "slow-started"
        changes = {
            "DATABASE_URL": database_url,
            "BIND": f"127.0.0.1:{self.port}",
            "WEB_WORKERS": "1",
            "TRUSTED_PROXY_HEADER": "x-forwarded-proto",
            "TRUSTED_PROXY_COUNT": "1",
            "SLOW_STARTED": str(self.slow_started),
        }
        self.env = environment(folder, **PRODUCTION | changes)

    def start(self) -> None:
        command = "-m gunicorn -c python:findatrial.gunicorn_conf tests.project.slow_wsgi"
        with self.log.open("w") as log:
            self.process = subprocess.Popen(
                [sys.executable, *command.split()],
                env=self.env,
                cwd=REPOSITORY,
                stdout=log,
                stderr=subprocess.STDOUT,
            )
        deadline = time.monotonic() + 60
        while "Booting worker" not in self.log.read_text():
            assert self.process.poll() is None, self.log.read_text()
            assert time.monotonic() < deadline
            time.sleep(0.1)

    def stop(self) -> int:
        self.process.send_signal(signal.SIGTERM)
        return self.process.wait(40)

    def get(
        self, path: str, *, tls: bool = True, **headers: str
    ) -> tuple[http.client.HTTPResponse, str]:
        """Ask as a proxy does that ends TLS for a reader elsewhere."""
        link = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        through = {"X-Forwarded-Proto": "https", "X-Forwarded-For": READER} if tls else {}
        link.request("GET", path, headers={"Host": HOST, **through, **headers})
        answer = link.getresponse()
        body = answer.read().decode("utf-8", "replace")
        link.close()
        return answer, body


def url_of_the_test_database() -> str:
    """Return the address of the connection in use, a socket's folder included."""
    connection.ensure_connection()
    info = connection.connection.info
    password = f":{quote(info.password)}" if info.password else ""
    return f"postgresql://{info.user}{password}@/{info.dbname}?host={info.host}&port={info.port}"


@pytest.fixture(scope="module")
def server(
    tmp_path_factory: pytest.TempPathFactory,
    django_db_setup: None,
    django_db_blocker: DjangoDbBlocker,
) -> Iterator[Server]:
    with django_db_blocker.unblock():
        url = url_of_the_test_database()
        connection.close()
    server = Server(tmp_path_factory.mktemp("web"), url)
    collected = manage("collectstatic", "--no-input", env=server.env)
    assert collected.returncode == 0, collected.stderr
    server.start()
    yield server
    assert server.stop() == 0


def test_plain_http_is_sent_to_https(server: Server) -> None:
    answer, _ = server.get("/trials/", tls=False)
    assert answer.status == 301
    assert answer.headers["Location"] == f"https://{HOST}/trials/"


@pytest.mark.parametrize("path", ["/healthz", "/readyz"])
def test_health_is_answered_over_plain_http(server: Server, path: str) -> None:
    answer, body = server.get(path, tls=False)
    assert answer.status == 200
    assert "no-store" in answer.headers["Cache-Control"]
    assert len(body.split()) == 1


@pytest.mark.parametrize("path", ["/", "/account/login/", "/no-such-page/", "/static/site.css"])
def test_every_answer_carries_the_security_headers(server: Server, path: str) -> None:
    headers = server.get(path)[0].headers
    assert headers["Strict-Transport-Security"] == "max-age=31536000; includeSubDomains; preload"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert "camera=()" in headers["Permissions-Policy"]
    policy = headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "unsafe" not in policy


def test_pages_refuse_to_be_framed(server: Server) -> None:
    assert server.get("/")[0].headers["X-Frame-Options"] == "DENY"


def test_public_page_sets_no_cookie(server: Server) -> None:
    assert server.get("/")[0].headers["Set-Cookie"] is None


def test_cookie_of_the_admin_is_bound_to_host_and_tls(server: Server) -> None:
    cookie = server.get("/account/login/")[0].headers["Set-Cookie"]
    assert cookie.startswith("__Host-csrf=")
    assert {"Secure", "HttpOnly", "SameSite=Lax", "Path=/"} <= set(cookie.split("; "))


def test_foreign_host_name_is_refused(server: Server) -> None:
    assert server.get("/", Host="other.example.org")[0].status == 400


def test_static_files_are_compressed_and_cached_for_good(server: Server) -> None:
    folder = Path(server.env["FINDATRIAL_VAR"]) / "static"
    hashed = json.loads((folder / "staticfiles.json").read_text())["paths"]["site.css"]
    answer, _ = server.get(f"/static/{hashed}", **{"Accept-Encoding": "gzip, br"})
    assert answer.status == 200
    assert answer.headers["Content-Encoding"] == "br"
    assert "immutable" in answer.headers["Cache-Control"]
    assert "max-age=315360000" in answer.headers["Cache-Control"]


def test_query_past_its_time_is_answered_with_a_plain_503(server: Server) -> None:
    began = time.monotonic()
    answer, body = server.get("/stuck/")
    assert answer.status == 503
    assert int(answer.headers["Retry-After"]) > 0
    assert "no-store" in answer.headers["Cache-Control"]
    assert "pg_sleep" not in body
    assert time.monotonic() - began < 20


def test_logs_hold_neither_searches_nor_addresses(server: Server) -> None:
    for path in ("/trials/", "/broken/", "/stuck/", "/no-such-page/", "/find/"):
        server.get(f"{path}?q={SECRET_WORDS}")
    log = server.log.read_text()
    access_lines = [line for line in log.splitlines() if " GET /" in line]
    assert len(access_lines) >= 5
    assert "broken on purpose" in log
    assert SECRET_WORDS not in log
    assert READER not in log
    assert not [line for line in access_lines if "127.0.0.1" in line]


def test_request_under_way_is_answered_before_the_server_ends(server: Server) -> None:
    own = Server(Path(server.env["FINDATRIAL_VAR"]), server.env["DATABASE_URL"])
    own.start()
    answers: list[tuple[int, str]] = []

    def ask() -> None:
        answer, body = own.get("/slow/")
        answers.append((answer.status, body))

    asking = threading.Thread(target=ask)
    asking.start()
    while not own.slow_started.exists():
        time.sleep(0.05)
    assert own.stop() == 0
    asking.join()
    assert answers == [(200, "late but whole")]


def test_without_a_database_pages_say_come_back_and_the_process_lives(server: Server) -> None:
    own = Server(Path(server.env["FINDATRIAL_VAR"]), f"postgresql://nobody@/none?host={REPOSITORY}")
    own.start()
    assert own.get("/healthz")[0].status == 200
    assert own.get("/readyz")[0].status == 503
    answer, _ = own.get("/trials/")
    assert answer.status == 503
    assert answer.headers["Retry-After"]
    assert own.stop() == 0


def test_wrong_setting_stops_the_server_with_one_sentence(server: Server) -> None:
    command = [sys.executable, "-m", "gunicorn", "-c", "python:findatrial.gunicorn_conf"]
    env = server.env | {"SECRET_KEY": "short"}
    ended = subprocess.run(command, env=env, cwd=REPOSITORY, capture_output=True, text=True)
    assert ended.returncode != 0
    assert ended.stderr.startswith("Find a Trial cannot start: SECRET_KEY")
    assert len(ended.stderr.splitlines()) == 1

"""Settings of the web server: `gunicorn -c python:findatrial.gunicorn_conf`, demo and production.

Loading the portal's settings here ends a misconfigured start with one sentence before any worker
forks. Query strings and addresses stay out of both logs.
"""

import os
import signal
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from gunicorn.arbiter import Arbiter
    from gunicorn.workers.base import Worker

os.environ.setdefault("FINDATRIAL_PROCESS", "web")

from findatrial import database, demo, env, settings  # the settings read the line above
from findatrial.logs import PrivateLine

wsgi_app = "findatrial.wsgi"
worker_class = "gthread"
threads = settings.WEB_THREADS
timeout = 30
graceful_timeout = 30
max_requests = 20_000
max_requests_jitter = 2_000
control_socket_disable = True
access_log_format = "%(t)s %(m)s %(U)s %(s)s %(B)s bytes %(L)s s"

if settings.PRODUCTION:
    bind = env.text("BIND", "127.0.0.1:8000")
    workers = env.integer("WEB_WORKERS", 2, low=1, high=64)
    accesslog = "-"
else:
    bind = f"127.0.0.1:{settings.PORT}"
    workers = 1
    loglevel = "warning"  # the demo's one screen is not scrolled away
    accesslog = str(demo.ACCESS_LOG)
    Path(accesslog).parent.mkdir(parents=True, exist_ok=True)


def on_starting(server: "Arbiter") -> None:
    """Keep query strings out of the error log; hold the demo's database for the whole run."""
    for handler in server.log.error_log.handlers:
        handler.setFormatter(PrivateLine(server.log.error_fmt, server.log.datefmt))
    demo.hold_database()


def when_ready(server: "Arbiter") -> None:
    """Take the signals that `serve` held back while this process started."""
    if not settings.PRODUCTION:
        signal.signal(signal.SIGHUP, _stop)
        signal.pthread_sigmask(signal.SIG_UNBLOCK, database.STOP_SIGNALS)


def post_worker_init(worker: "Worker") -> None:
    """Leave a terminal's signals to the parent; say where to look once a demo can answer.

    A terminal signals every process, and gunicorn passes Ctrl-C on to its workers: a worker that
    heard it twice would now and then lock up until the graceful time-out.
    """
    for number in (signal.SIGINT, signal.SIGHUP):
        signal.signal(number, signal.SIG_IGN)
    if not settings.PRODUCTION and worker.age == 1:
        print(demo.welcome(), flush=True)  # noqa: T201  (to the screen of `make run`)


def _stop(number: int, frame: FrameType | None) -> None:
    """A closed terminal ends the demo; gunicorn's own meaning of the signal is to reload."""
    os.kill(os.getpid(), signal.SIGTERM)

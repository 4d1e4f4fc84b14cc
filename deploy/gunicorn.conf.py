"""How the web server runs, for `manage.py run` and for a service manager alike: `gunicorn -c deploy/gunicorn.conf.py`."""

import os
from pathlib import Path

wsgi_app = "portal.wsgi"
worker_class = "gthread"
workers = int(os.environ.get("WEB_PROCESSES", "2"))
threads = int(os.environ.get("WEB_THREADS", "4"))
preload_app = True  # read the code once, fork quickly, share its memory
timeout = 60
graceful_timeout = 10
keepalive = 5
max_requests = 20000
max_requests_jitter = 2000
limit_request_line = 4094
control_socket_disable = True
loglevel = os.environ.get("LOG_LEVEL", "warning").lower()
SHM = "/dev/shm"  # noqa: S108 - gunicorn makes its own private file there
if Path(SHM).is_dir():
    worker_tmp_dir = SHM  # the heartbeat of a worker must not wait for a disk

"""The web server of `make run` and of deploy/*.service: threads, because a login's password
hash takes a quarter of a second of one core and must not hold up the other pages."""

import os

bind = f"{os.environ.get('HOST', '127.0.0.1')}:{os.environ.get('PORT', '8000')}"
worker_class = "gthread"
workers = int(os.environ.get("WEB_WORKERS", "2"))
threads = int(os.environ.get("WEB_THREADS", "4"))
timeout = 90  # a PDF has 60 seconds; the server's own limit comes after it
graceful_timeout = 8
# A process is replaced now and then, not all of them at once, so that no leak can grow for ever.
max_requests = 5000
max_requests_jitter = 500
loglevel = os.environ.get("WEB_LOG_LEVEL", "warning")
# Its control socket would lie in the user's home, one for every site on the machine.
control_socket_disable = True

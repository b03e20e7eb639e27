"""Served: the pages of an edition on this machine, which load themselves again when they are told to.

What makes them do so is added on the way; the files stay as they were built. Nothing is reachable from another machine.
"""

import errno
import html
import json
import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http import HTTPStatus
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from factpress.errors import InputError

HOST = "127.0.0.1"
#: Where an open page hears what happens, and where the script is that makes it listen.
EVENTS, SCRIPT = "/.preview/events", "/.preview/page.js"
#: How many seconds a page may hear nothing; then it is asked whether it is still there.
SILENCE = 10
#: The security policy of a page: none may run a script or ask for anything, but those of a preview must.
POLICY = re.compile(r"default-src 'none'([^\"]*)")
#: What stands where there is no page yet.
WAITING = "<!DOCTYPE html><html lang=en><title>Preview</title><body><p>This page is not built yet.</p></body></html>"


class Told:
    """What open pages are told: how many times they were built anew, and what went wrong since."""

    def __init__(self):
        self._changed, self._turn = threading.Condition(), 0
        self.built, self.fault = 0, ""

    def tell(self, fault: str = "") -> None:
        """Tells every open page that it was built anew, or what went wrong."""
        with self._changed:
            self.built, self.fault, self._turn = self.built + (not fault), fault, self._turn + 1
            self._changed.notify_all()

    def hear(self) -> Iterator[str]:
        """What is to be told at first and after every change; in between, now and then, nothing."""
        heard = -1
        while True:
            with self._changed:
                self._changed.wait_for(lambda known=heard: self._turn != known, SILENCE)
                news = "" if self._turn == heard else json.dumps({"built": self.built, "fault": self.fault})
                heard = self._turn
            yield news


@contextmanager
def served(folder: Path, told: Told, port: int = 0) -> Iterator[str]:
    """Serves a folder, and gives its address. Without a port it is one that is free. Raises InputError for one that is not."""
    handler = partial(_Handler, told, directory=str(folder))
    try:
        server = ThreadingHTTPServer((HOST, port), handler)
    except OSError as error:
        if error.errno not in (errno.EADDRINUSE, errno.EACCES):
            raise
        raise InputError(
            "a port cannot be had", found=f"{port}: {error.strerror}", remedy="another, or none: then one that is free"
        ) from None
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://{HOST}:{server.server_port}"
    finally:
        server.shutdown()
        server.socket.close()  # without waiting for pages that still listen


class _Handler(SimpleHTTPRequestHandler):
    def __init__(self, told: Told, *given, **named):
        self.told = told
        super().__init__(*given, **named)

    def do_GET(self):
        path = self.path.partition("?")[0]
        if path == EVENTS:
            self._events()
        elif path == SCRIPT:
            script = Path(__file__).parents[1].joinpath("templates", "preview.js")
            self._send(HTTPStatus.OK, "text/javascript", script.read_text(encoding="utf-8"))
        elif path.endswith(("/", ".html")):
            self._page()
        else:
            super().do_GET()

    def end_headers(self):
        self.send_header("Cache-Control", "no-store")
        super().end_headers()

    def log_message(self, *_):
        """Nothing: what was asked for is of no use to who writes."""

    def _page(self):
        """A page with the script in it that listens."""
        path = Path(self.translate_path(self.path))
        built = self.told.built  # before the page is read: at worst it loads once more
        try:
            text, status = (path / "index.html" if path.is_dir() else path).read_text(encoding="utf-8"), HTTPStatus.OK
        except OSError:
            text, status = WAITING, HTTPStatus.NOT_FOUND
        script = f'<script src="{html.escape(SCRIPT)}" data-built="{built}"></script>'
        head, end, rest = text.rpartition("</body>")
        self._send(status, "text/html", _allowed(head) + script + end + rest)

    def _send(self, status: HTTPStatus, kind: str, text: str):
        content = text.encode()
        self.send_response(status)
        self.send_header("Content-Type", f"{kind}; charset=utf-8")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def _events(self):
        self.send_response(HTTPStatus.OK)
        self.send_header("Content-Type", "text/event-stream")
        self.end_headers()
        try:
            for news in self.told.hear():
                self.wfile.write(f"data: {news}\n\n".encode() if news else b": still here\n\n")
                self.wfile.flush()
        except OSError:  # the page was closed
            return


def _allowed(page: str) -> str:
    """A page whose security policy lets the script of a preview run and listen."""
    found = POLICY.search(page)
    if not found:
        return page
    rest = found[1]
    scripts = "" if "script-src " in rest else "; script-src 'self'"
    more = "default-src 'none'; connect-src 'self'" + scripts + rest.replace("script-src ", "script-src 'self' ")
    return page[: found.start()] + more + page[found.end() :]

"""The load client counts right answers and stops at the first wrong one."""

import http.server
import threading
from collections.abc import Iterator

import pytest

from bench.load import Ask, BadAnswer, run

PAGE = "<p>Dòng cuối</p>".encode()


class Answers(http.server.BaseHTTPRequestHandler):
    """One right page and four ways to be wrong."""

    protocol_version = "HTTP/1.1"
    asked = 0

    def do_GET(self) -> None:
        type(self).asked += 1
        body = PAGE
        if self.path == "/other-length" and self.asked > 3:
            body += b"!"
        self.send_response(404 if self.path == "/missing" else 200)
        if self.path != "/no-length":
            self.send_header("Content-Length", str(len(body)))
        else:
            self.close_connection = True
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *words: object) -> None:
        """Nothing: the test's output stays clean."""


class Server(http.server.ThreadingHTTPServer):
    def handle_error(self, *words: object) -> None:
        """Nothing: a client that found a wrong answer hangs up."""


@pytest.fixture
def port() -> Iterator[int]:
    Answers.asked = 0
    server = Server(("127.0.0.1", 0), Answers)
    thread = threading.Thread(target=server.serve_forever, args=(0.01,))
    thread.start()
    yield server.server_address[1]
    server.shutdown()
    thread.join()
    server.server_close()


def test_every_right_answer_is_counted_and_none_other(port: int) -> None:
    figures = run(port, 0.05, 2, [Ask("/", "localhost", "Dòng cuối"), Ask("/again", "localhost", "cuối")])
    assert figures["requests"] == Answers.asked
    assert figures["length"] == len(PAGE)
    assert 0 < figures["p50"] <= figures["p95"]


@pytest.mark.parametrize(
    ("path", "marker", "reason"),
    [
        ("/missing", "cuối", "404"),
        ("/", "another article", "wanted 'another article'"),
        ("/other-length", "cuối", "before"),
        ("/no-length", "cuối", "no Content-Length"),
    ],
)
def test_a_wrong_answer_ends_the_run(port: int, path: str, marker: str, reason: str) -> None:
    with pytest.raises(BadAnswer, match=reason):
        run(port, 5, 1, [Ask(path, "localhost", marker)])

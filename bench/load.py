"""A small HTTP/1.1 keep-alive client that loads one server and checks every answer.

Run as its own process (`python load.py PORT SECONDS CONNECTIONS < plan.json`) so that it takes no turn of
the server's interpreter. The plan is a list of `{"path", "host", "marker"}`; every connection keeps exactly
one request under way and the paths are asked in turn. An answer counts only if its status is 200, its body
is as long as Content-Length says and as the first answer of that path was (unless the plan says
`"is_steady": false`), and the body holds the marker.
Prints one JSON object: requests, seconds, rate (requests/s), p50 and p95 (ms), length (bytes of the first
path's body) and own_us (this client's own CPU per request in microseconds: it cannot ask more than
1,000,000 / own_us a second).
"""

import json
import selectors
import socket
import sys
import time
from contextlib import ExitStack
from dataclasses import dataclass

BUFFER = 1 << 18


class BadAnswer(RuntimeError):
    """The server answered something else than the page that was asked for."""


@dataclass
class Ask:
    """One address, the bytes that ask for it and what its answer must hold."""

    path: str
    host: str
    marker: str
    is_steady: bool = True
    request: bytes = b""
    needle: bytes = b""
    length: int = 0

    def __post_init__(self) -> None:
        lines = (f"GET {self.path} HTTP/1.1", f"Host: {self.host}", "Accept: text/html")
        self.request = "\r\n".join((*lines, "", "")).encode()
        self.needle = self.marker.encode()


@dataclass
class Line:
    """One connection with at most one request under way."""

    sock: socket.socket
    ask: Ask | None = None
    begun: float = 0.0
    got: bytes = b""


def body_start(data: bytes) -> tuple[int, int] | None:
    """Offset of the body and its length as announced; None while the head is incomplete."""
    end = data.find(b"\r\n\r\n")
    if end < 0:
        return None
    head = data[:end].lower()
    at = head.find(b"\r\ncontent-length:")
    if at < 0:
        raise BadAnswer(f"no Content-Length: {head[:300]!r}")
    stop = head.find(b"\r\n", at + 2)
    return end + 4, int(head[at + 17 : stop if stop > 0 else end])


def complete(data: bytes, ask: Ask) -> bool:
    """True when the whole right answer is there, False while it still comes; BadAnswer if it is wrong."""
    found = body_start(data)
    if found is None:
        return False
    start, length = found
    if not data.startswith(b"HTTP/1.1 200"):
        raise BadAnswer(f"{ask.path}: {data[:400]!r}")
    if len(data) < start + length:
        return False
    if len(data) > start + length or data.find(ask.needle, start) < 0:
        raise BadAnswer(f"{ask.path}: not the page ({len(data) - start} bytes, wanted {ask.marker!r})")
    if ask.length == 0:
        ask.length = length
    if ask.is_steady and ask.length != length:
        raise BadAnswer(f"{ask.path}: {length} bytes, before {ask.length}")
    return True


def run(port: int, seconds: float, connections: int, asks: list[Ask]) -> dict[str, float]:
    """Load the server on 127.0.0.1:port for so many seconds over so many connections."""
    with ExitStack() as opened:
        lines = [Line(opened.enter_context(connect(port))) for _ in range(connections)]
        return load(lines, seconds, asks)


def connect(port: int) -> socket.socket:
    """An open keep-alive connection to this machine."""
    sock = socket.create_connection(("127.0.0.1", port), timeout=30)
    sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return sock


def load(lines: list[Line], seconds: float, asks: list[Ask]) -> dict[str, float]:
    """Keep every line busy with the asks in turn; the figures named in the module's docstring."""
    poll = selectors.EpollSelector()
    took: list[float] = []
    asked = 0
    clock = time.perf_counter

    def send(line: Line) -> None:
        nonlocal asked
        ask = asks[asked % len(asks)]
        asked += 1
        line.ask, line.got, line.begun = ask, b"", clock()
        line.sock.sendall(ask.request)

    for line in lines:
        poll.register(line.sock, selectors.EVENT_READ, line)
    start, own = clock(), time.process_time()
    for line in lines:
        send(line)
    busy = len(lines)
    while busy:
        ready = poll.select(30)
        if not ready:
            raise BadAnswer("no answer within 30 s")
        for key, _ in ready:
            line = key.data
            piece = line.sock.recv(BUFFER)
            if not piece:
                raise BadAnswer(f"connection closed by the server after {len(took)} answers")
            line.got = line.got + piece if line.got else piece
            if line.ask is None or not complete(line.got, line.ask):
                continue
            now = clock()
            took.append(now - line.begun)
            if now - start < seconds:
                send(line)
            else:
                busy -= 1
    spent, own = clock() - start, time.process_time() - own
    poll.close()
    took.sort()
    return {
        "requests": len(took),
        "seconds": spent,
        "rate": len(took) / spent,
        "p50": took[len(took) // 2] * 1000,
        "p95": took[int(len(took) * 0.95)] * 1000,
        "length": asks[0].length,
        "own_us": own / len(took) * 1e6,
    }


def main() -> None:
    """Read the plan from standard input, load, print the figures."""
    port, seconds, connections = int(sys.argv[1]), float(sys.argv[2]), int(sys.argv[3])
    asks = [Ask(**entry) for entry in json.load(sys.stdin)]
    print(json.dumps(run(port, seconds, connections, asks)))


if __name__ == "__main__":
    main()

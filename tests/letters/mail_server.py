"""A real SMTP server that keeps what it takes, and can be told to be difficult."""

import asyncio
import socket
from collections import Counter
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session


class MailServer:
    """Listens on a port of its own; `replies` answers RCPT by address, `end_reply` the end of a letter."""

    def __init__(self, port: int = 0) -> None:
        self.port = port or free_port()
        self.taken: list[EmailMessage] = []
        self.replies: dict[str, str] = {}
        self.end_reply = ""
        self.silent_for: set[str] = set()
        self.hangs_up_after_taking = False
        self.connections = 0
        self.controller = Controller(self, hostname="127.0.0.1", port=self.port)

    def __enter__(self) -> "MailServer":
        self.controller.start()
        return self

    def __exit__(self, *error: object) -> None:
        self.controller.stop(no_assert=True)

    @property
    def url(self) -> str:
        return f"smtp://127.0.0.1:{self.port}?timeout=2&answer=2"

    def ids(self) -> Counter[str]:
        """How often each Message-ID was taken."""
        return Counter(str(mail["Message-ID"]) for mail in self.taken)

    async def handle_EHLO(  # noqa: N802  aiosmtpd's name
        self, server: SMTP, session: Session, envelope: Envelope, hostname: str, responses: list[str]
    ) -> list[str]:
        self.connections += 1
        session.host_name = hostname
        return responses

    async def handle_RCPT(  # noqa: N802
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if address in self.silent_for:
            await asyncio.sleep(30)
        reply = self.replies.get(address, "")
        if not reply:
            envelope.rcpt_tos.append(address)
        return reply or "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        if self.end_reply:
            return self.end_reply
        content: Any = envelope.content
        self.taken.append(message_from_bytes(content, policy=policy.default))
        if self.hangs_up_after_taking:
            assert isinstance(server.transport, asyncio.WriteTransport)
            server.transport.abort()
        return "250 OK"


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port

"""E-mail to a real server: settings.SMTP_URL, one connection for many letters, renewed on trouble."""

import re
import smtplib
import ssl
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from urllib.parse import parse_qs, unquote, urlsplit

from django.conf import settings

from letters.channels.base import Away, Message, NeverTaken, NoAnswer, NotNow
from letters.channels.mail import as_email, normal_address, sender

Reply = tuple[int, bytes]
LINE_WITH_DOT = re.compile(rb"^\.", re.MULTILINE)
ENHANCED = re.compile(rb"^([245]\.\d{1,3}\.\d{1,3})\b")
CLOSING = 421


@dataclass(frozen=True, slots=True)
class Server:
    """Where to and how: smtp://, smtp+starttls:// or smtps://user:password@host:port?timeout=20&answer=300.

    `timeout` seconds for each word of the server; `answer` seconds for its last one, when it has the
    whole letter and looks at it (RFC 5321 §4.5.3.2.6 would allow ten minutes).
    """

    host: str
    port: int
    tls: str
    user: str
    password: str
    timeout: float
    answer: float


def server(url: str) -> Server:
    """The server out of a URL; ValueError for one that cannot be read."""
    parts = urlsplit(url)
    tls = {"smtp": "", "smtp+starttls": "starttls", "smtps": "tls"}.get(parts.scheme)
    if tls is None or not parts.hostname:
        raise ValueError("SMTP_URL must be smtp://, smtp+starttls:// or smtps:// and name a host")
    options = parse_qs(parts.query)
    return Server(
        parts.hostname,
        parts.port or {"": 25, "starttls": 587, "tls": 465}[tls],
        tls,
        unquote(parts.username or ""),
        unquote(parts.password or ""),
        float(options.get("timeout", ["20"])[0]),
        float(options.get("answer", ["300"])[0]),
    )


class SmtpChannel:
    """Speaks SMTP so that the one step which cannot be taken back is the last line of the letter."""

    def __init__(self) -> None:
        self.server = server(settings.SMTP_URL)
        self.connection: smtplib.SMTP | None = None

    def normal(self, address: str) -> str:
        return normal_address(address)

    def has_taken(self, message: Message) -> bool | None:
        return None

    def hand_over(self, message: Message, begin: Callable[[], None]) -> None:
        content = LINE_WITH_DOT.sub(b"..", as_email(message).as_bytes())
        recipient = normal_address(message.address)
        try:
            connection = self.ready_for(recipient, len(content))
            connection.send(content)
            begin()
        except (NotNow, NeverTaken):
            self.forget_letter()
            raise
        except (smtplib.SMTPException, OSError) as error:
            # Without the last line the server throws the letter away.
            self.drop()
            raise NotNow(said(error)) from error
        except BaseException:
            self.drop()
            raise
        self.finish(connection)

    def ready_for(self, recipient: str, size: int) -> smtplib.SMTP:
        """A connection on which the server waits for the letter's text; an old one may have gone stale."""
        is_old = self.connection is not None
        connection = self.connected()
        try:
            return self.envelope(connection, recipient)
        except (smtplib.SMTPException, OSError):
            self.drop()
            if not is_old:
                raise
        return self.envelope(self.connected(), recipient)

    def envelope(self, connection: smtplib.SMTP, recipient: str) -> smtplib.SMTP:
        code, text = connection.mail(sender().addr_spec)
        if code == CLOSING:
            raise smtplib.SMTPServerDisconnected("closing")
        if code != 250:  # it refuses us, not this recipient
            raise Away(f"MAIL {reply_code(code, text)}")
        expect("RCPT", connection.rcpt(recipient), (250, 251))
        expect("DATA", connection.docmd("data"), (354,))
        return connection

    def finish(self, connection: smtplib.SMTP) -> None:
        """Send the last line, and hear what the server says to it."""
        try:
            if connection.sock:
                connection.sock.settimeout(self.server.answer)
            connection.send(b".\r\n")
            answer = connection.getreply()
            if connection.sock:
                connection.sock.settimeout(self.server.timeout)
        except (smtplib.SMTPException, OSError) as error:
            self.drop()
            raise NoAnswer(said(error)) from error
        code, text = answer
        if code == 250:
            return
        if code == CLOSING or not 400 <= code < 600:
            self.drop()
        if 400 <= code < 500:
            raise NotNow(f"END {reply_code(code, text)}")
        if 500 <= code < 600:
            raise NeverTaken(f"END {reply_code(code, text)}")
        raise NoAnswer(f"END {reply_code(code, text)}")

    def connected(self) -> smtplib.SMTP:
        """The open connection, or a new one, greeted, encrypted and signed in; Away if there is none."""
        if self.connection is None:
            try:
                self.connection = connect(self.server)
            except (smtplib.SMTPException, OSError) as error:
                raise Away(said(error)) from error
        return self.connection

    def forget_letter(self) -> None:
        """After a refusal the next letter starts clean, on this connection if it still stands."""
        if self.connection is not None:
            try:
                if self.connection.rset()[0] != 250:
                    self.drop()
            except (smtplib.SMTPException, OSError):
                self.drop()

    def drop(self) -> None:
        """Hang up without a word: what was not ended is not delivered."""
        if self.connection is not None:
            self.connection.close()
            self.connection = None

    def close(self) -> None:
        if self.connection is not None:
            with suppress(smtplib.SMTPException, OSError):
                self.connection.quit()
            self.drop()


def connect(server: Server) -> smtplib.SMTP:
    """A connection to the server; certificates are checked. Raises SMTPException or OSError."""
    context = ssl.create_default_context() if server.tls else None
    connection: smtplib.SMTP
    if server.tls == "tls":
        connection = smtplib.SMTP_SSL(server.host, server.port, timeout=server.timeout, context=context)
    else:
        connection = smtplib.SMTP(server.host, server.port, timeout=server.timeout)
    try:
        if server.tls == "starttls":
            connection.starttls(context=context)
        connection.ehlo_or_helo_if_needed()
        if server.user:
            connection.login(server.user, server.password)
    except BaseException:
        connection.close()
        raise
    return connection


def expect(word: str, reply: Reply, good: tuple[int, ...]) -> None:
    """Raises NotNow or NeverTaken, as the server's reply says, unless it is a good one."""
    code, text = reply
    if code in good:
        return
    if code == CLOSING:
        raise smtplib.SMTPServerDisconnected("closing")
    if 500 <= code < 600:
        raise NeverTaken(f"{word} {reply_code(code, text)}")
    raise NotNow(f"{word} {reply_code(code, text)}")


def reply_code(code: int, text: bytes) -> str:
    """The reply's numbers; its words may name a person and are left out."""
    enhanced = ENHANCED.match(text)
    return f"{code} {enhanced.group(1).decode()}" if enhanced else str(code)


def said(error: Exception) -> str:
    """What an error may tell a log: the server's number, or the error's name."""
    if isinstance(error, smtplib.SMTPResponseException):
        return f"{type(error).__name__} {error.smtp_code}"
    return type(error).__name__

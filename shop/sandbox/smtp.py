"""A mail server on a loopback port, strict where real ones are strict, that delivers to the mailbox page only."""

import re
import socketserver
from collections.abc import Callable
from typing import cast

from shop.sandbox.smtp_checks import LINE_LIMIT, SIZE_LIMIT, address_problem, message_problem

Keep = Callable[[str, list[str], bytes], object]
MOST_RECIPIENTS = 100
MOST_MISTAKES = 10
MAIL = re.compile(r"FROM:\s?<([^<>]*)>((?: [!-~]+)*) *", re.IGNORECASE)
RCPT = re.compile(r"TO:\s?<([^<>]+)> *", re.IGNORECASE)


class SmtpServer(socketserver.ThreadingTCPServer):
    """Listens on loopback and hands every accepted mail to `keep(sender, recipients, raw)`."""

    allow_reuse_address = True
    daemon_threads = True

    def __init__(self, port: int, keep: Keep) -> None:
        super().__init__(("127.0.0.1", port), Conversation)
        self.keep = keep

    @property
    def port(self) -> int:
        """The port it listens on."""
        return int(self.server_address[1])


class Conversation(socketserver.StreamRequestHandler):
    """One client, from greeting to QUIT (RFC 5321, with SIZE, 8BITMIME and SMTPUTF8)."""

    timeout = 60  # seconds of silence

    def setup(self) -> None:
        super().setup()
        self.greeted = self.utf8 = self.over = False
        self.mistakes = 0
        self.sender: str | None = None
        self.recipients: list[str] = []
        self.verbs: dict[str, Callable[[str], None]] = {
            "HELO": self.helo, "EHLO": self.ehlo, "MAIL": self.mail, "RCPT": self.rcpt, "DATA": self.data,
            "RSET": self.rset, "NOOP": self.noop, "QUIT": self.quit, "VRFY": self.vrfy,
        }  # fmt: skip

    def handle(self) -> None:
        self.say("220 sandbox.chophien.example ESMTP, nothing here is real")
        while not self.over and self.mistakes < MOST_MISTAKES:
            try:
                line = self.rfile.readline(LINE_LIMIT + 1)
            except (TimeoutError, ConnectionError):
                return
            if not line:
                return
            self.obey(line)
        if self.mistakes >= MOST_MISTAKES:
            self.say("421 4.7.0 Too many mistakes")

    def say(self, *lines: str) -> None:
        self.wfile.write("".join(line + "\r\n" for line in lines).encode())

    def refuse(self, line: str) -> None:
        self.mistakes += 1
        self.say(line)

    def obey(self, line: bytes) -> None:
        if not line.endswith(b"\r\n") or len(line) > LINE_LIMIT:
            self.over = True  # what follows cannot be trusted to be a command
            return self.refuse("500 5.5.2 A command ends with CR LF and is not that long")
        try:
            verb, _, rest = line[:-2].decode("utf-8").partition(" ")
        except UnicodeDecodeError:
            return self.refuse("500 5.5.2 Not UTF-8")
        obeyed = self.verbs.get(verb.upper())
        return obeyed(rest) if obeyed else self.refuse("500 5.5.1 Not a command here")

    def helo(self, name: str) -> None:
        if not name.strip():
            return self.refuse("501 5.5.4 Say who you are")
        self.greeted = True
        self.forget()
        return self.say("250 sandbox.chophien.example")

    def ehlo(self, name: str) -> None:
        if not name.strip():
            return self.refuse("501 5.5.4 Say who you are")
        self.greeted = True
        self.forget()
        return self.say("250-sandbox.chophien.example", f"250-SIZE {SIZE_LIMIT}", "250-8BITMIME", "250 SMTPUTF8")

    def mail(self, rest: str) -> None:
        found = MAIL.fullmatch(rest)
        if not self.greeted or self.sender is not None:
            return self.refuse("503 5.5.1 Not now: greet first, one sender a mail")
        if not found:
            return self.refuse("501 5.5.4 Write MAIL FROM:<address>")
        options = dict(word.upper().partition("=")[::2] for word in found[2].split())
        if set(options) - {"SIZE", "BODY", "SMTPUTF8"} or options.get("BODY", "7BIT") not in {"7BIT", "8BITMIME"}:
            return self.refuse("555 5.5.4 Unknown option")
        if not (options.get("SIZE", "0").isdigit() and int(options.get("SIZE", "0")) <= SIZE_LIMIT):
            return self.refuse("552 5.3.4 Too large")
        self.utf8 = "SMTPUTF8" in options
        if found[1] and (problem := address_problem(found[1], self.utf8)):
            return self.refuse(problem)
        self.sender = found[1]
        return self.say("250 2.1.0 OK")

    def rcpt(self, rest: str) -> None:
        found = RCPT.fullmatch(rest)
        if self.sender is None:
            return self.refuse("503 5.5.1 MAIL comes first")
        if not found:
            return self.refuse("501 5.5.4 Write RCPT TO:<address>")
        if problem := address_problem(found[1], self.utf8):
            return self.refuse(problem)
        if len(self.recipients) >= MOST_RECIPIENTS:
            return self.refuse("452 4.5.3 Too many recipients")
        self.recipients.append(found[1])
        return self.say("250 2.1.5 OK")

    def data(self, rest: str) -> None:
        if rest or not self.recipients or self.sender is None:
            return self.refuse("503 5.5.1 MAIL and RCPT come first")
        self.say("354 End with a line that is one dot")
        raw, problem = self.read_message()
        if raw is None:
            self.over = True
            return None
        problem = problem or message_problem(raw, self.utf8)
        if not problem:
            cast(SmtpServer, self.server).keep(self.sender, self.recipients, raw)
        self.forget()
        return self.refuse(problem) if problem else self.say("250 2.0.0 Kept in the sandbox")

    def read_message(self) -> tuple[bytes | None, str]:
        """Return the message with its dots unstuffed and the first problem met; None when the client went away."""
        lines: list[bytes] = []
        size, problem = 0, ""
        while True:
            try:
                line = self.rfile.readline(LINE_LIMIT + 1)
            except (TimeoutError, ConnectionError):
                return None, ""
            if not line:
                return None, ""
            if line == b".\r\n":
                return b"".join(lines), problem
            if not line.endswith(b"\r\n"):  # a bare LF has been used to smuggle a second mail (CVE-2023-51764)
                problem = problem or "554 5.6.0 A line ends with CR LF and has at most 998 octets"
            size += len(line)
            if size > SIZE_LIMIT:
                problem = "552 5.3.4 Too large"
                lines.clear()
            else:
                lines.append(line[1:] if line.startswith(b".") else line)

    def forget(self) -> None:
        self.sender, self.recipients, self.utf8 = None, [], False

    def rset(self, rest: str) -> None:
        self.forget()
        self.say("250 2.0.0 OK")

    def noop(self, rest: str) -> None:
        self.say("250 2.0.0 OK")

    def vrfy(self, rest: str) -> None:
        self.say("252 2.1.5 Send it and see")

    def quit(self, rest: str) -> None:
        self.over = True
        self.say("221 2.0.0 Goodbye")

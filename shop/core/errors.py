"""The ways a service can refuse, each with a sentence fit for people."""

from typing import Any


class DomainError(Exception):
    """A refusal the person can act on; `sentence` is a lazy translation."""

    status = 422

    def __init__(self, sentence: Any = "") -> None:
        super().__init__(sentence)
        self.sentence = sentence


class Invalid(DomainError):
    """One field is not acceptable; the door puts the sentence beside that field."""

    def __init__(self, field: str, sentence: Any) -> None:
        super().__init__(sentence)
        self.field = field


class BadFile(DomainError):
    """A file that somebody sent cannot be what it should; `fault` says which case it is."""

    fault = ""


class NotAllowed(DomainError):
    """The person is known but may not do this."""

    status = 403


class NotFound(DomainError):
    """There is no such thing for this person."""

    status = 404


class Conflict(DomainError):
    """Somebody else was first, or the state does not allow it any more."""

    status = 409


class Gone(DomainError):
    """It existed and was withdrawn."""

    status = 410


class TooMany(DomainError):
    """A limit was reached; `retry_after` is in seconds."""

    status = 429

    def __init__(self, sentence: Any, retry_after: int) -> None:
        super().__init__(sentence)
        self.retry_after = retry_after


class Unavailable(DomainError):
    """Something outside does not answer; nothing was lost."""

    status = 503

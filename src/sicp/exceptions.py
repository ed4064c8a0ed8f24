"""What can go wrong for a person, said so that he can act on it.

Each carries a translatable French sentence. Pages turn them into an answer 4xx.
"""


class DomainError(Exception):
    """The thing asked cannot be done; ``message`` tells the person why."""

    def __init__(self, message: str, field: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.field = field


class NotAllowedError(DomainError):
    """The actor holds no function that gives this right here."""


class InvalidInputError(DomainError):
    """A value is not acceptable; ``field`` names it."""


class StateError(DomainError):
    """The object is in a state where this is not done."""


class EditConflictError(DomainError):
    """Somebody saved the same object since the actor opened it."""


class UnavailableError(DomainError):
    """A part of the installation (LibreOffice, mail) is missing or does not answer."""

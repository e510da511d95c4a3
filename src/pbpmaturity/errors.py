"""What stops a command, said in one sentence and, where there is one, a hint."""


class PbpError(Exception):
    """Stops a command with exit code 2; the message is one sentence for the person at the keyboard."""

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint


class UsageError(PbpError):
    """What was asked for does not make sense or does not exist."""


class UnusableInput(PbpError):
    """A file that the command needs cannot be used; `findings` are the lines that say why."""

    def __init__(self, message: str, findings: tuple[str, ...] = (), hint: str = "") -> None:
        super().__init__(message, hint)
        self.findings = findings


class Unanswered(UsageError):
    """There is nobody to ask; `findings` are the options that would give the answers that are missing."""

    def __init__(self, message: str, findings: tuple[str, ...], hint: str = "") -> None:
        super().__init__(message, hint)
        self.findings = findings


class TemplateFault(PbpError):
    """A template cannot be used; the message names its file and line."""

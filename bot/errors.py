"""What stops a whole run; what stops one page is an `Outcome`, what a person should fix is a `Problem`.

DialogueBotError            exit code
├── UsageError              2    the command line asks for something that is not there
├── SettingsError           2    the settings page cannot be used
├── TryLater                75   the wiki is away, read-only or too busy
└── NotAllowed              77   the wiki refuses this account: blocked, wrong password, stop page
"""

from typing import ClassVar


class DialogueBotError(Exception):
    """Stop the run with one clear message."""

    exit_code: ClassVar[int] = 1


class UsageError(DialogueBotError):
    """Say what the command line got wrong and what it could have said."""

    exit_code = 2


class SettingsError(DialogueBotError):
    """Say what is wrong with the settings page, by key and line."""

    exit_code = 2


class TryLater(DialogueBotError):
    """Say that the same command may succeed later without any change."""

    exit_code = 75


class NotAllowed(DialogueBotError):
    """Say that the wiki refuses the account, so that nothing more is tried."""

    exit_code = 77

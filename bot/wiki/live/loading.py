"""Import pywikibot without letting it read our command line, prompt, or write what is secret."""

import logging
import os
import re
import sys
from pathlib import Path
from typing import Any

from bot.errors import UsageError

_SECRET = re.compile(
    r"((?:lgpassword|lgtoken|password|token|logintoken)(?:=|'?:\s{0,3}\[?['\"]?))[^&\s'\",}\]]+", re.I
)


class Redacting(logging.Filter):
    """Takes passwords and tokens out of every record before any handler writes it."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Rewrite the record's message; keep every record."""
        message = record.getMessage()
        if _SECRET.search(message):
            record.msg, record.args = redacted(message), ()
        return True


def redacted(text: str) -> str:
    """Return a text without what follows password= and token=."""
    return _SECRET.sub(r"\1…", text)


def load() -> Any:
    """Return pywikibot, imported with a command line of its own and private files only."""
    os.umask(0o077)
    if "pywikibot" not in sys.modules:
        _import_quietly()
    import pywikibot  # noqa: PLC0415 -- importing it reads files and the command line, so only here and only now

    for name in ("", "pywiki"):
        logger = logging.getLogger(name)
        if not any(isinstance(each, Redacting) for each in logger.filters):
            logger.addFilter(Redacting())
    return pywikibot


def _import_quietly() -> None:
    if not _has_settings():
        os.environ.setdefault("PYWIKIBOT_NO_USER_CONFIG", "2")  # reading a public wiki needs no settings
    arguments, sys.argv = sys.argv, sys.argv[:1]
    try:
        import pywikibot  # noqa: F401, PLC0415
    except SyntaxError as error:
        raise UsageError(f"pywikibot's settings cannot be read: {error}") from None
    finally:
        sys.argv = arguments


def _has_settings() -> bool:
    folders = [os.environ.get("PYWIKIBOT_DIR", "."), ".", "~/.pywikibot"]
    return any(Path(folder, "user-config.py").expanduser().is_file() for folder in folders)

"""Let one run at a time write to a wiki; the lock goes with the process, however that ends."""

import fcntl
from pathlib import Path
from typing import TextIO

from bot.errors import TryLater


def alone(folder: str, wiki: str) -> TextIO:
    """Return the open lock, which is held until it is closed; raise TryLater where another run has it."""
    lock = Path(folder, f"dialoguebot-{wiki}.lock").open("w", encoding="utf-8")  # noqa: SIM115 -- held for the run
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        lock.close()
        raise TryLater(f"Another run is writing to {wiki}; this one leaves it alone.") from None
    return lock

"""One local wiki: where its files are, and its server as it runs."""

import os
import signal
import socket
import subprocess
import time
import urllib.request
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).resolve().parent
MEDIAWIKI = Path("/usr/share/mediawiki")
FAILED, USAGE = 1, 2
# The first request after making a wiki builds a cache of all messages.
START_SECONDS = 60
# A proxy from the environment must not see requests to this machine.
DIRECT = urllib.request.build_opener(urllib.request.ProxyHandler({}))


class WikiError(Exception):
    """What went wrong and what to do, in a sentence or two, with the exit code."""

    def __init__(self, message: str, code: int = FAILED) -> None:
        super().__init__(message)
        self.code = code


@dataclass(frozen=True, slots=True)
class Instance:
    """One wiki: a port, and the folder that holds all of it."""

    port: int

    @property
    def folder(self) -> Path:
        """Where everything of this wiki is."""
        return home() / str(self.port)

    @property
    def url(self) -> str:
        """The wiki's address."""
        return f"http://127.0.0.1:{self.port}"

    @property
    def label(self) -> Path:
        """The file by which a folder is known as ours, so that no other is ever deleted."""
        return self.folder / "MADE-BY-SCRIPTS-WIKI"

    @property
    def made(self) -> Path:
        """The file that is written last: without it the wiki is half made."""
        return self.folder / "wiki.json"

    @property
    def log(self) -> Path:
        """What the installer and MediaWiki's scripts print."""
        return self.folder / "logs" / "install.log"

    @property
    def server_log(self) -> Path:
        """Every request, and PHP's errors."""
        return self.folder / "logs" / "server.log"

    def pids(self) -> list[int]:
        """List the server and its workers.

        They are known by their command line, which names our folder: a number kept in a file may be another
        program's by now, and workers outlive a server that was killed.
        """
        ours = {f"127.0.0.1:{self.port}", f"error_log={self.server_log}"}
        return [pid for pid in all_pids() if ours <= set(command_line(pid))]

    def answers(self, seconds: float = 10) -> bool:
        """Tell whether MediaWiki's API answers."""
        query = f"{self.url}/api.php?action=query&meta=siteinfo&format=json"
        try:
            with DIRECT.open(query, timeout=seconds) as response:
                return b'"generator":"MediaWiki' in response.read()
        except OSError:
            return False

    def environment(self) -> dict[str, str]:
        """Return what leads MediaWiki to this instance's settings, and little else of ours."""
        return {
            "PATH": os.environ.get("PATH", os.defpath),
            "LC_ALL": "C.UTF-8",
            "MW_INSTALL_PATH": str(MEDIAWIKI),
            "MW_CONFIG_FILE": str(self.folder / "LocalSettings.php"),
            "PHP_CLI_SERVER_WORKERS": "4",
        }


def home() -> Path:
    """Return the folder that holds every wiki."""
    chosen = os.environ.get("DIALOGUEBOT_WIKI_HOME")
    return Path(chosen).resolve() if chosen else HERE.parent.parent / "build" / "wiki"


def all_pids() -> list[int]:
    """List every process of the machine."""
    return [int(entry.name) for entry in Path("/proc").iterdir() if entry.name.isdigit()]


def command_line(pid: int) -> list[str]:
    """Return the arguments of a process, none if it has gone."""
    try:
        return os.fsdecode(Path(f"/proc/{pid}/cmdline").read_bytes()).split("\0")
    except OSError:
        return []


def need_free_port(instance: Instance) -> None:
    """Check that nobody else listens on the port."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", instance.port))
        except PermissionError:
            raise WikiError("Ports below 1024 are for root: choose another with --port.", USAGE) from None
        except OSError:
            message = f"Port {instance.port} is taken by another program: choose another with --port."
            raise WikiError(message) from None


def start(instance: Instance) -> None:
    """Start PHP's web server, in a session of its own so that it outlives us, and wait for the API."""
    settings = ("display_errors=0", "log_errors=1", f"error_log={instance.server_log}", "memory_limit=512M")
    options = [word for setting in settings for word in ("-d", setting)]
    command = [
        "php",
        *options,
        "-S",
        f"127.0.0.1:{instance.port}",
        "-t",
        str(MEDIAWIKI),
        str(HERE / "router.php"),
    ]
    with instance.server_log.open("ab") as log:
        server = subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            env=instance.environment(),
            cwd=instance.folder,
            start_new_session=True,
        )
    (instance.folder / "server.pid").write_text(f"{server.pid}\n")
    came_up = wait_until(lambda: server.poll() is not None or instance.answers(), START_SECONDS)
    if server.poll() is not None or not came_up:
        raise WikiError(f"The wiki's server did not start. See {instance.server_log}")


def stop(instance: Instance) -> bool:
    """Stop the server and its workers, and tell whether there were any."""
    was_up = bool(instance.pids())
    for sign, seconds in ((signal.SIGTERM, 5), (signal.SIGKILL, 5)):
        for pid in instance.pids():
            with suppress(ProcessLookupError):
                os.kill(pid, sign)
        if wait_until(lambda: not instance.pids(), seconds):
            (instance.folder / "server.pid").unlink(missing_ok=True)
            return was_up
    raise WikiError(f"The server of the wiki on port {instance.port} does not stop: {instance.pids()}")


def wait_until(happened: Callable[[], bool], seconds: float) -> bool:
    """Wait for something, at most so many seconds, and tell whether it happened."""
    end = time.monotonic() + seconds
    while not happened():
        if time.monotonic() > end:
            return False
        time.sleep(0.1)
    return True

"""Debian's packages that a local wiki is made of."""

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from local_wiki.instance import WikiError

CANNOT_HAVE_MEDIAWIKI = 69
PACKAGES = ("mediawiki", "php-cli", "php-sqlite3", "php-intl", "php-mbstring", "php-xml")
# Debian leaves out the Lua that Scribunto brings along, and expects this one.
LUA = "lua5.1"
POLICY = Path("/usr/sbin/policy-rc.d")


def need_packages() -> None:
    """Install what is missing, or say how to."""
    if not shutil.which("apt-get") or not shutil.which("dpkg-query"):
        message = "A local wiki is made of Debian's packages, and there is no apt-get on this machine."
        raise WikiError(message, CANNOT_HAVE_MEDIAWIKI)
    missing = missing_packages()
    if missing and os.geteuid() == 0:
        install(missing)
    elif missing == [LUA]:
        print("without lua5.1: the wiki works, but its Lua modules do not", flush=True)
    elif missing:
        line = f"sudo apt-get install --no-install-recommends {' '.join(missing)}"
        message = f"MediaWiki is not installed here. Run this line, then try again:\n  {line}"
        raise WikiError(message, CANNOT_HAVE_MEDIAWIKI)


def missing_packages() -> list[str]:
    """List the packages that are not installed."""
    wanted = [*PACKAGES, LUA]
    query = ["dpkg-query", "--show", "--showformat=${Package} ${db:Status-Status}\n", *wanted]
    shown = subprocess.run(query, capture_output=True, text=True, check=False).stdout.splitlines()
    return [name for name in wanted if f"{name} installed" not in shown]


def install(names: list[str]) -> None:
    """Install packages, as root."""
    print(f"installing Debian's packages {' '.join(names)} …", flush=True)
    with no_service_started():
        apt_get("update")
        apt_get("install", "--no-install-recommends", *names)


def apt_get(*arguments: str) -> None:
    """Run apt-get without questions."""
    done = subprocess.run(
        ["apt-get", "--quiet", "--yes", *arguments],
        env={**os.environ, "DEBIAN_FRONTEND": "noninteractive"},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    if done.returncode:
        end = "\n".join(done.stdout.strip().splitlines()[-10:])
        raise WikiError(f"apt-get {arguments[0]} failed:\n{end}", CANNOT_HAVE_MEDIAWIKI)


@contextmanager
def no_service_started() -> Iterator[None]:
    """Keep Apache, which comes with the mediawiki package, from starting, in the way Debian has for that."""
    if POLICY.exists():
        yield
        return
    POLICY.write_text("#!/bin/sh\n# Left by a scripts/wiki that was killed? Then delete it.\nexit 101\n")
    POLICY.chmod(0o755)
    try:
        yield
    finally:
        POLICY.unlink()

"""The command line: ``dialoguebot list | show | diff | publish | read | audit | schema``."""

import argparse
import os
import sys
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path

from bot import commands, reporting
from bot.audit_command import arguments
from bot.errors import DialogueBotError, UsageError

_EXAMPLES = """
examples:
  dialoguebot list --wiki folder:samples/hubs-dialogue
  dialoguebot show needs --json
  dialoguebot show polls --json --svg build/slides
  dialoguebot diff
  dialoguebot publish needs --wiki meta:meta --consultation "Hubs Dialogue"
  dialoguebot read "Hubs/Dialogue/Matrix" --as needs
  dialoguebot audit "Hubs/Dialogue/Report"

exit codes: 0 done, also where nothing changed; 1 some pages failed, or an audit found something;
            2 usage or settings; 75 try later; 77 not allowed
"""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return the exit code."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    try:
        options = parser().parse_args(arguments)
        return _COMMANDS[options.command](_filled(options))
    except DialogueBotError as error:
        print(f"dialoguebot: {error}", file=sys.stderr)
        return error.exit_code
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except KeyboardInterrupt:
        print("dialoguebot: interrupted; run the same command again, nothing is half done", file=sys.stderr)
        return 130


_COMMANDS: dict[str, Callable[[argparse.Namespace], int]] = {
    "list": commands.list_reports,
    "show": commands.show,
    "diff": commands.diff,
    "publish": commands.publish,
    "read": commands.read,
    "audit": commands.audit,
    "schema": commands.schema,
}


def parser() -> argparse.ArgumentParser:
    """Return the parser; every option may stand before or behind the command."""
    common = _common()
    made = argparse.ArgumentParser(
        prog="dialoguebot",
        description="Reads the pages of a consultation and publishes what they add up to.",
        epilog=_EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        parents=[common],
    )
    made.add_argument("--version", action="version", version=f"dialoguebot {commands.version()}")
    several = made.add_subparsers(dest="command", required=True, metavar="COMMAND")
    several.add_parser("list", parents=[common], help="the reports and where they go")
    show = several.add_parser(
        "show", parents=[common], help="print the wikitext, or --json the figures; saves nothing"
    )
    form = show.add_mutually_exclusive_group()
    form.add_argument("--json", action="store_true", help="print the figures for programs")
    form.add_argument("--text", action="store_true", help="print the figures as a table for the terminal")
    show.add_argument("--svg", type=Path, metavar="FOLDER", help="also write the charts there, as files for slides")
    diff = several.add_parser("diff", parents=[common], help="exactly what publish would change; saves nothing")
    publish = several.add_parser("publish", parents=[common], help="save what changed")
    for each in (show, diff, publish):
        each.add_argument("reports", nargs="*", metavar="REPORT", help="all of them where none is named")
    for each in (diff, publish):
        each.add_argument("--accept-shrink", action="store_true", help="also where a report got much smaller")
    read = several.add_parser("read", parents=[common], help="what was understood of pages")
    read.add_argument("pages", nargs="*", metavar="PAGE")
    read.add_argument(
        "--as", dest="kind", required=True, metavar="KIND", help=f"one of {', '.join(reporting.kinds())}"
    )
    read.add_argument("--all", action="store_true", help="every page that the settings name for this kind")
    read.add_argument("--json", action="store_true", help="print JSON lines")
    arguments(several.add_parser("audit", parents=[common], help="recompute the figures that pages publish"))
    several.add_parser("schema", parents=[common], help="the JSON Schema of a page of settings")
    return made


def _common() -> argparse.ArgumentParser:
    common = argparse.ArgumentParser(add_help=False, argument_default=argparse.SUPPRESS)
    common.add_argument("--wiki", help="folder:PATH or FAMILY:CODE; the current folder where it is a folder wiki")
    common.add_argument("--consultation", metavar="TITLE", help="the page of settings, or what stands before .json")
    common.add_argument("--language", metavar="CODE", help="the language to show, or the only one to publish")
    common.add_argument("--at", type=_moment, metavar="TIMESTAMP", help="take this moment for now (ISO 8601)")
    return common


def _moment(text: str) -> datetime:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"“{text}” is no timestamp such as 2022-03-12T13:00:00Z") from None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _filled(options: argparse.Namespace) -> argparse.Namespace:
    """Give the common options that were not said their values; only here is the clock read."""
    wiki = getattr(options, "wiki", None) or os.environ.get("DIALOGUEBOT_WIKI")
    if wiki is None and options.command != "schema":
        if not Path("wiki.toml").is_file():
            raise UsageError("Say which wiki: --wiki folder:PATH or --wiki FAMILY:CODE (or set DIALOGUEBOT_WIKI).")
        wiki = "folder:."
    options.wiki = wiki
    options.consultation = getattr(options, "consultation", None)
    options.language = getattr(options, "language", None)
    options.now = getattr(options, "at", None) or datetime.now(UTC)
    return options

#!/usr/bin/env python3
"""
Publish the reports of a consultation, as "dialoguebot publish" does.

Only what changed is saved, and only between the bot's own markers. With -simulate nothing is saved, and the outcome
of each page says what would have been.

The following parameters are supported:

-consultation:TITLE  The page of settings, in full or only what stands between "User:DialogueBot/" and ".json".
-report:NAME         A report to publish; can be given several times; all of them where none is given.
-onlylanguage:CODE   Publish only the pages in this language.
-accept-shrink       Publish also where a report has become much smaller.

Examples:

    pwb publish_reports -simulate "-consultation:Hubs Dialogue"
    pwb publish_reports -family:meta -report:needs
"""

import sys

import pywikibot

from bot.cli import main as dialoguebot


def main(*arguments: str) -> int:
    """Turn pywikibot's options into the bot's own and run its command; return the exit code."""
    site_options = pywikibot.handle_args(arguments or None)
    command = ["publish"]
    for option in site_options:
        name, _, value = option.partition(":")
        if name == "-consultation":
            command += ["--consultation", value]
        elif name == "-onlylanguage":
            command += ["--language", value]
        elif name == "-report":
            command.append(value)
        elif option == "-accept-shrink":
            command.append("--accept-shrink")
        else:
            print(f"publish_reports: unknown option {option}; see pwb publish_reports -help", file=sys.stderr)
            return 2
    site = pywikibot.Site()
    return dialoguebot([*command, "--wiki", f"{site.family.name}:{site.code}"])


if __name__ == "__main__":
    sys.exit(main())

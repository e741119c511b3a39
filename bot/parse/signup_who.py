"""Who stands in a list: the person that a line names, and the page or cell that the line stands in."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from ipaddress import ip_address

from bot.discussion import Signature
from bot.parse.conventions import Conventions
from bot.parse.layer import Layer
from bot.parse.signature import Signers
from bot.parse.signup_words import SignupNames
from bot.parse.vote_spans import Spans

SIGNED, UNDATED, SIGNED_FOR = "signed", "undated", "signed-for"
_TEMPORARY = re.compile(r"~\d{4}-\d{1,7}(?:-\d{1,7}){0,3}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Who:
    """Somebody whom a line names; how is "signed", "undated" or "signed-for".

    is_sure tells that nothing but a sign-up is written so; signature is what dates it.
    """

    user: str
    how: str
    start: int
    timestamp: datetime | None = None
    signature: Signature | None = None
    is_sure: bool = True
    is_struck: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Scene:
    """The page or cell that a line stands in; templates are the offsets where they begin, in order."""

    layer: Layer
    signers: Signers
    known: Conventions
    names: SignupNames
    struck: Spans
    templates: Sequence[int]


def is_anonymous(user: str) -> bool:
    """Tell whether a name is an IP address or a temporary account."""
    if _TEMPORARY.fullmatch(user):
        return True
    try:
        ip_address(user)
    except ValueError:
        return False
    return True

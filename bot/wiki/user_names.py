"""Turn titles of user pages into the names of users, as every wiki does."""

from bot.model import WikiProfile


def user_of(title: str, profile: WikiProfile) -> str:
    """Return whose user page a title is, empty where it is none, or a subpage."""
    namespace, colon, name = title.replace("_", " ").partition(":")
    known = {each.casefold() for each in profile.user_namespaces}
    name = name.strip()
    if not colon or "/" in name or namespace.strip().casefold() not in known:
        return ""
    return name[:1].upper() + name[1:]

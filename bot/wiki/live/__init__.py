"""A real wiki, through pywikibot; this package is the only place that imports it."""

from bot.wiki.live.site import LiveWiki

__all__ = ["LiveWiki"]

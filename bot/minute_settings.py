"""The settings of minutes."""

from bot.settings_base import Strict


class MinuteSettings(Strict):
    """How notes of sessions are merged into minutes."""

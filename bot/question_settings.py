"""The settings of open questions."""

from bot.settings_base import Strict


class QuestionSettings(Strict):
    """How questions are found and registered."""

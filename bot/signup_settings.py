"""The settings of sign-ups."""

from bot.settings_base import Strict


class SignupSettings(Strict):
    """How lists of people who sign up are read, and what of them is published."""

"""The words of sign-ups, as frozen values: another page of bot.model, and as free to import."""

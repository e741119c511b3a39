"""The words of open questions, as frozen values: another page of bot.model, and as free to import."""

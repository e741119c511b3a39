"""The words of merged minutes, as frozen values: another page of bot.model, and as free to import."""

"""Tests on a real MediaWiki, and what they need: a wiki, the people on it, a gate before it, and the bot."""

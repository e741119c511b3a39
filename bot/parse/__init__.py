"""Wikitext in, values out: each reader takes one revision and never raises."""

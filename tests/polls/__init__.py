"""Polls: read, counted, kept safe, drawn."""

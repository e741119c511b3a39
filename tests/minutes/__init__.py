"""Notes of sessions, merged minutes, and what is made of them."""

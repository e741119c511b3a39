"""How fast the readers are."""

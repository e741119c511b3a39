"""DialogueBot reads the pages of a consultation on a wiki and publishes what they add up to."""

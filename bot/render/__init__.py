"""Values in, wikitext out: escaping, numbers, regions and templates."""

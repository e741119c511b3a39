"""Values in, values out: counting, comparing and checking; pandas lives here."""

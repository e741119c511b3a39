"""The wikis that pages are read from and saved to."""

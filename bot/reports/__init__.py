"""One file per report: a declaration and one function from values to figures."""

"""The tests: tables of cases, folders of pages, and what must hold of the house."""

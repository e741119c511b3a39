"""Collect the measurement against the reference only where its pages lie beside the repository."""

from tests.parse.reference import CORPUS

collect_ignore = [] if CORPUS.is_dir() else ["test_accuracy.py"]

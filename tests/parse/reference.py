"""Where the pages of the reference parser lie on a machine that has them."""

from pathlib import Path

CORPUS = Path(__file__).resolve().parents[3] / "shared" / "corpus"

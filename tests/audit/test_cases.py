"""Small pieces of pages with what is found in them, in the tables of cases beside this file.

Each line of what is expected is a finding: line, kind, what is published, what was recomputed and, behind a bar, the
repair. The name of a file begins with the language. ``python -m tests.audit`` writes all findings anew.
"""

from pathlib import Path

import pytest

from tests.audit.reading import FOLDER, found
from tests.cases import Case, parameters

FILES: list[Path] = sorted(FOLDER.glob("*.cases"))


@pytest.mark.parametrize("case", parameters(*FILES))
def test_case(case: Case) -> None:
    assert found(case) == case.expected, case.differs(found(case))

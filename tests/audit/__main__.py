"""Write the expected findings of every case and page anew: ``python -m tests.audit``; read the difference."""

from tests.audit.reading import FOLDER, WHOLE, as_lines, expected, found
from tests.cases import load


def rewrite() -> None:
    for file in FOLDER.glob("*.cases"):
        lines = file.read_text(encoding="utf-8").split("\n")
        for case in reversed(load(file)):
            begin = case.line
            middle = lines.index("@@=", begin)
            end = next((at for at in range(middle, len(lines)) if lines[at].startswith("@@ ")), len(lines))
            shown = found(case)
            lines[middle + 1 : end] = [*shown.split("\n"), ""] if shown else [""]
        file.write_text("\n".join(lines), encoding="utf-8")
    for page in WHOLE:
        expected(page).write_text(as_lines(page), encoding="utf-8")


if __name__ == "__main__":
    rewrite()

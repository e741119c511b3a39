"""Write the expected pages anew: `python -m tests.reports --rewrite`."""

import argparse

from tests.reports import cases


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.reports", description="Write the expected pages anew.")
    parser.add_argument("--rewrite", action="store_true", required=True, help="say that this is what is wanted")
    parser.parse_args()
    for case in cases():
        for name, text in case.made().items():
            path = case.folder / name
            if not path.exists() or path.read_text(encoding="utf-8") != text:
                path.write_text(text, encoding="utf-8")
                print(f"written: {path}")


if __name__ == "__main__":
    main()

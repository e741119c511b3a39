"""What holds of the house itself: who knows whom, what the pure rooms lack, how large things are."""

import ast
import json
import statistics
import subprocess
import sys
import warnings
from collections.abc import Iterator
from pathlib import Path

import pytest

with warnings.catch_warnings():
    warnings.simplefilter("ignore", DeprecationWarning)
    from re import _constants as constants  # type: ignore[attr-defined]
    from re import _parser as parser  # type: ignore[attr-defined]

ROOT = Path(__file__).parent.parent
BOT = ROOT / "bot"
MODULES = sorted(path for path in BOT.rglob("*.py") if not (path.is_relative_to(BOT / "templates")))
NAMES = [path.relative_to(ROOT).as_posix() for path in MODULES]


def dotted(path: Path) -> str:
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def imports(path: Path) -> Iterator[str]:
    """Yield what a module imports, wherever in it; of `from bot.x import y` this is `bot.x.y`."""
    package = dotted(path) if path.name == "__init__.py" else dotted(path).rpartition(".")[0]
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            above = package.split(".")[: len(package.split(".")) - node.level + 1] if node.level else []
            base = ".".join([*above, *([node.module] if node.module else [])])
            yield from (f"{base}.{alias.name}" for alias in node.names)


@pytest.fixture(params=MODULES, ids=NAMES)
def module(request: pytest.FixtureRequest) -> Path:
    path: Path = request.param
    return path


# Who may import whom. A room may always import itself.
MAY_IMPORT: dict[str, tuple[str, ...]] = {
    "model": (),
    # Further pages of bot.model: whoever may import that may import these.
    "discussion": ("model",),
    "memory": ("model",),
    "minutes": ("model",),
    "people": (),
    "questions": ("model",),
    "signups": ("model",),
    "votes": ("model",),
    "errors": (),
    "languages": (),
    "i18n": (),
    "wikis": ("model", "errors"),
    # i18n says which languages reports are in: people name the languages of the world in each of them.
    "parse": ("model", "errors", "languages", "i18n"),
    # analyze works on what a reader returns, so it knows the shape of a reading.
    "analyze": (
        *("model", "errors", "parse.need_names", "parse.poll_values", "parse.ledger"),
        *("parse.published", "parse.published_cell", "parse.quantity", "parse.lexicon"),
        *("parse.minute_names", "parse.names", "parse.text", "parse.wording"),
        *("parse.same_words", "parse.said_state", "parse.register_row"),
    ),
    # render speaks a language (i18n), and must see comments and templates as a reader does to find its own markers.
    "render": ("model", "errors", "i18n", "parse.wikitext"),
    "reports": ("model", "errors", "languages", "parse", "analyze", "render", "consultation", "i18n"),
    "wiki": ("model", "errors", "wikis"),
    # The files beside the rooms are the glue between them, each with what it glues.
    "json_lines": (),
    "settings_base": (),
    "minute_settings": ("model", "settings_base"),
    "question_settings": ("model", "settings_base"),
    "signup_settings": ("model", "settings_base", "parse.text"),
    "vote_settings": ("model", "settings_base", "languages", "parse.text"),
    "poll_settings": ("model", "settings_base", "parse.poll_values", "parse.poll_words"),
    "consultation": (
        *("model", "errors", "json_lines", "settings_base", "poll_settings", "vote_settings"),
        *("minute_settings", "question_settings", "signup_settings"),
        *("parse.text", "parse.poll_values"),
    ),
    "labels_page": ("model", "json_lines"),
    "sources": ("model", "consultation"),
    "status": ("model", "render"),
    "publish": ("model", "consultation", "wiki", "render.region", "parse.bots"),
    "reporting": ("model", "errors", "consultation", "languages", "parse", "render", "reports", "sources", "wikis"),
    "readings": ("model", "consultation", "memory", "render", "reporting", "sources"),
    "auditing": ("model", "languages", "parse", "analyze", "render"),
    "audit_command": ("*",),
    "run": ("*",),
    "commands": ("*",),
    "cli": ("*",),
    "__main__": ("*",),
}


WORDS = ("discussion", "memory", "minutes", "people", "questions", "signups", "votes")


def allowed(room: str, imported: str) -> bool:
    may = (room, *MAY_IMPORT[room])
    may += WORDS if "model" in may else ()
    return "*" in may or any(f"{imported}.".startswith(f"{each}.") for each in may)


def test_each_module_imports_only_whom_it_may(module: Path) -> None:
    room = [*dotted(module).split("."), "__init__"][1]
    if room == "__init__":
        assert not [each for each in imports(module) if each.startswith("bot")]
        return
    assert room in MAY_IMPORT, f"{room} is a new room or file: say in MAY_IMPORT whom it may import"
    ours = [each.removeprefix("bot.") for each in imports(module) if each.startswith("bot.")]
    assert [each for each in ours if not allowed(room, each)] == []


def test_every_room_in_the_table_is_there() -> None:
    there = {[*dotted(path).split("."), "__init__"][1] for path in MODULES}
    assert set(MAY_IMPORT) <= there


def test_only_the_live_wiki_knows_pywikibot(module: Path) -> None:
    knows = {each.split(".")[0] for each in imports(module)} & {"pywikibot", "requests"}
    assert not knows or module.is_relative_to(BOT / "wiki" / "live")


def test_only_one_file_knows_jinja(module: Path) -> None:
    knows = "jinja2" in {each.split(".")[0] for each in imports(module)}
    assert knows is (module == BOT / "render" / "environment.py")


def test_pandas_lives_in_analyze(module: Path) -> None:
    assert "pandas" not in {each.split(".")[0] for each in imports(module)} or module.is_relative_to(BOT / "analyze")


PURE = ("parse", "analyze", "render", "reports", "model", "errors", *WORDS)
IMPURE_MODULES = {
    *(
        "os",
        "sys",
        "io",
        "pathlib",
        "shutil",
        "tempfile",
        "glob",
        "time",
        "random",
        "secrets",
        "uuid",
        "socket",
        "ssl",
    ),
    *(
        "subprocess",
        "urllib.request",
        "http",
        "requests",
        "logging",
        "threading",
        "multiprocessing",
        "asyncio",
        "signal",
    ),
    *("sqlite3", "pickle", "locale", "fcntl", "platform", "getpass", "builtins", "ctypes", "inspect"),
}
IMPURE_CALLS = {"print", "open", "input", "exec", "eval", "compile", "__import__", "breakpoint", "globals"}
IMPURE_METHODS = {
    "now",
    "utcnow",
    "today",
    "read_text",
    "write_text",
    "read_bytes",
    "write_bytes",
    "environ",
    "getenv",
}


def test_the_pure_rooms_have_no_clock_file_print_or_network(module: Path) -> None:
    if dotted(module).split(".")[1:2] and dotted(module).split(".")[1] not in PURE:
        return
    named = imports(module)
    assert not {*named, *(each.split(".")[0] for each in named)} & IMPURE_MODULES
    for node in ast.walk(tree(module)):
        assert not (isinstance(node, ast.Name) and node.id in IMPURE_CALLS), f"line {node.lineno}"
        assert not (isinstance(node, ast.Attribute) and node.attr in IMPURE_METHODS), f"line {node.lineno}"
        assert not isinstance(node, ast.Global), "a pure room keeps nothing between two calls"


ONLY_IMPORTS = """
import importlib, json, sys
before = list(sys.argv)
for name in sys.argv[1].split(","):
    importlib.import_module(name)
assert sys.argv == before
print(json.dumps(sorted({each.partition(".")[0] for each in sys.modules})))
"""


def imported_in_a_process_of_its_own(names: list[str], folder: Path) -> set[str]:
    command = [sys.executable, "-c", ONLY_IMPORTS, ",".join(names)]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False, timeout=60)
    assert done.returncode == 0, done.stderr
    assert done.stderr == ""
    assert done.stdout.count("\n") == 1, f"something was printed: {done.stdout}"
    assert list(folder.iterdir()) == []
    return set(json.loads(done.stdout))


def test_importing_anything_but_the_live_wiki_has_no_effect(tmp_path: Path) -> None:
    others = [dotted(path) for path in MODULES if not path.is_relative_to(BOT / "wiki" / "live")]
    known = imported_in_a_process_of_its_own([name for name in others if name != "bot.__main__"], tmp_path)
    assert "pywikibot" not in known


def test_the_command_line_is_there_at_once(tmp_path: Path) -> None:
    known = imported_in_a_process_of_its_own(["bot.cli"], tmp_path)
    assert not known & {"pywikibot", "pandas", "requests"}


# Sizes.


def functions(path: Path) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def lines_of(node: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """Count the lines of a function without its docstring and decorators."""
    has_docstring = ast.get_docstring(node) is not None
    first = node.body[0]
    words = (first.end_lineno or first.lineno) - first.lineno + 1 if has_docstring else 0
    return (node.end_lineno or node.lineno) - node.lineno + 1 - words


def test_functions_are_small() -> None:
    sizes = sorted(lines_of(node) for path in MODULES for node in functions(path))
    assert statistics.median(sizes) <= 8
    assert sizes[int(len(sizes) * 0.9)] <= 25


def test_no_function_is_long(module: Path) -> None:
    assert not [node.name for node in functions(module) if lines_of(node) > 40]


def test_no_module_is_long(module: Path) -> None:
    assert module.read_text(encoding="utf-8").count("\n") <= 300


def public(path: Path) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef]:
    """Yield the functions and classes of a module, and the methods of its classes, that have no underscore."""
    several: list[ast.stmt] = list(tree(path).body)
    for node in several:
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef) and not node.name.startswith("_"):
            yield node
            several += node.body if isinstance(node, ast.ClassDef) else []


def test_everything_public_says_what_it_does(module: Path) -> None:
    assert ast.get_docstring(tree(module)) or not module.read_text(encoding="utf-8").strip()
    for node in public(module):
        words = ast.get_docstring(node)
        assert words, f"{node.name} has no docstring"
        assert words.split("\n")[0].endswith((".", ":", "?")), f"{node.name}: its first line is no sentence"


BAD_NAMES = {"data", "info", "utils", "util", "helpers", "process", "handle", "manager", "misc", "common"}


def test_names_are_the_wikis_words(module: Path) -> None:
    assert module.stem not in BAD_NAMES
    assert not {node.name for node in public(module)} & BAD_NAMES


# Regular expressions: nothing repeated without bound inside what is repeated without bound.


def repeats(pattern: object, depth: int = 0) -> int:
    """Return how deep repeats without bound stand in one another."""
    deepest = depth
    for operation, argument in pattern:  # type: ignore[attr-defined]
        inner = depth
        if operation in (constants.MAX_REPEAT, constants.MIN_REPEAT) and argument[1] == constants.MAXREPEAT:
            inner = depth + 1
            deepest = max(deepest, inner)
        for part in argument if isinstance(argument, tuple | list) else (argument,):
            several = part if isinstance(part, list) else [part]
            for each in several:
                if isinstance(each, parser.SubPattern):
                    deepest = max(deepest, repeats(each, inner))
    return deepest


def test_nested_repeats_are_seen() -> None:
    assert [
        repeats(parser.parse(each)) for each in ("a{1,9}", "a+", "(a+)b*", "(a+)+", "(?:x(a|b*)y)*", "((a+)?)*")
    ] == [
        0,
        1,
        1,
        2,
        2,
        2,
    ]


def expressions(path: Path) -> Iterator[tuple[int, str]]:
    """Yield what a module hands to `re`, as far as it can be read; a part that is put in counts as a letter."""
    for node in ast.walk(tree(path)):
        if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.args):
            continue
        if not (isinstance(node.func.value, ast.Name) and node.func.value.id == "re" and node.func.attr != "escape"):
            continue
        yield node.lineno, text_of(node.args[0])


def text_of(node: ast.expr) -> str:
    if isinstance(node, ast.Constant):
        return str(node.value)
    if isinstance(node, ast.JoinedStr):
        return "".join(text_of(part) for part in node.values)
    return "x"


def test_no_regular_expression_can_run_away(module: Path) -> None:
    for line, pattern in expressions(module):
        assert repeats(parser.parse(pattern)) < 2, f"line {line}: {pattern}"


def test_expressions_are_found() -> None:
    assert sum(1 for path in MODULES for _ in expressions(path)) > 20


# What no file may hold.

TEXT = {
    ".py",
    ".md",
    ".toml",
    ".json",
    ".wikitext",
    ".cases",
    ".yaml",
    ".yml",
    ".cfg",
    ".txt",
    ".html",
    ".svg",
    ".sh",
    "",
}
SKIPPED = {".venv", "build", "dist", ".git", "__pycache__", "dialoguebot.egg-info", ".hypothesis"}
FORBIDDEN = [
    "/work" + "/",
    "pypi" + ".org",
    "npm" + "js",
    "files.python" + "hosted",
    "issue" + " #",
    "-----BEGIN " + "OPENSSH",
]


def files() -> list[Path]:
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=False)
    if listed.returncode == 0:
        several = [ROOT / name for name in listed.stdout.decode().split("\0") if name]
    else:
        several = [path for path in ROOT.rglob("*") if not SKIPPED & set(path.relative_to(ROOT).parts)]
    return sorted(path for path in several if path.is_file() and path.suffix in TEXT and not path.is_symlink())


@pytest.mark.parametrize("words", FORBIDDEN)
def test_no_file_speaks_of_the_machine_it_was_written_on(words: str) -> None:
    found = [
        f"{path.relative_to(ROOT)}:{number}"
        for path in files()
        for number, line in enumerate(path.read_text(encoding="utf-8", errors="replace").split("\n"), 1)
        if words.casefold() in line.casefold()
    ]
    assert not found

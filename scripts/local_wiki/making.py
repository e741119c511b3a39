"""Making a wiki: MediaWiki's installer, our settings, accounts, pages, and pywikibot's files."""

import json
import secrets
import shutil
import string
import subprocess
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote

from local_wiki.instance import HERE, MEDIAWIKI, USAGE, Instance, WikiError

SKINS = "Vector,MinervaNeue,Timeless,MonoBook"
PEOPLE = ("Admin", "Volunteer", "DialogueBot")


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What a wiki should be like; None where nothing was said."""

    language: str | None
    pages: str | None
    """A folder wiki, or empty for no pages."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """A page as it is in a folder wiki."""

    title: str
    text: str


def make(instance: Instance, language: str, pages: str) -> None:
    """Make the wiki anew, with the pages of the folder wiki `pages` (empty: none)."""
    found = check_wish(language, pages)
    prepare_folder(instance)
    passwords = {name: secrets.token_urlsafe(24) for name in PEOPLE}
    # A bot password with a letter after w, or a capital, is taken for an ordinary one.
    passwords["DialogueBot@local"] = secrets.token_hex(16)
    write_secret(instance.folder / "accounts.json", json.dumps(passwords, indent=2) + "\n")
    print(f"creating the wiki, in the language {language} …", flush=True)
    install_mediawiki(instance, language, passwords["Admin"])
    print(f"adding the accounts and {len(found)} pages …", flush=True)
    texts = [{"title": page.title, "text": page.text} for page in found]
    run_php(instance, [str(HERE / "fill.php")], json.dumps({"accounts": passwords, "pages": texts}))
    instance.made.write_text(json.dumps({"language": language, "pages": pages}) + "\n", encoding="utf-8")


def check_wish(language: str, pages: str) -> list[Page]:
    """Check that such a wiki can be made, before anything is deleted, and return its pages."""
    if not (MEDIAWIKI / "languages" / "i18n" / f"{language}.json").exists():
        raise WikiError(f'MediaWiki has no language "{language}".', USAGE)
    return read_pages(Path(pages)) if pages else []


def made_as(instance: Instance) -> Wish:
    """Return what the wiki was made as."""
    made = json.loads(instance.made.read_text(encoding="utf-8"))
    return Wish(language=made["language"], pages=made["pages"])


def prepare_folder(instance: Instance) -> None:
    """Empty the instance's folder, if it is one of ours."""
    empty_folder(instance)
    instance.label.write_text("`scripts/wiki reset` deletes all that is in this folder.\n")
    for name in ("logs", "images", "tmp", "cache"):
        (instance.folder / name).mkdir()


def empty_folder(instance: Instance) -> None:
    """Delete what is in the instance's folder, if it is one of ours."""
    if any(instance.folder.iterdir()) and not instance.label.exists():
        message = f"{instance.folder} was not made by scripts/wiki: move it away, or choose another --port."
        raise WikiError(message)
    # The label goes last, so that a folder half deleted is still known as ours.
    for entry in sorted(instance.folder.iterdir(), key=lambda entry: entry == instance.label):
        if entry.is_dir() and not entry.is_symlink():
            shutil.rmtree(entry)
        else:
            entry.unlink()


def install_mediawiki(instance: Instance, language: str, password: str) -> None:
    """Run MediaWiki's installer, and add our settings to those it writes."""
    options = (
        f"--server={instance.url}",
        "--scriptpath=",
        f"--lang={language}",
        "--dbtype=sqlite",
        "--dbname=wiki",
        f"--dbpath={instance.folder / 'sqlite'}",
        f"--confpath={instance.folder}",
        "--passfile=php://stdin",
        f"--skins={SKINS}",
    )
    installer, updater = (str(MEDIAWIKI / "maintenance" / name) for name in ("install.php", "update.php"))
    run_php(instance, [installer, *options, "Sample wiki", "Admin"], password)
    ours = str(HERE / "settings.php").replace("\\", "\\\\").replace("'", "\\'")
    with (instance.folder / "LocalSettings.php").open("a", encoding="utf-8") as settings:
        settings.write(f"\n$instance = __DIR__;\nrequire '{ours}';\n")
    run_php(instance, [updater, "--quick"], "")


def run_php(instance: Instance, command: list[str], text: str) -> None:
    """Run a script of MediaWiki with `text` as its input: secrets there are not in the process list."""
    done = subprocess.run(
        ["php", *command],
        input=text,
        encoding="utf-8",
        errors="replace",
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        env=instance.environment(),
        close_fds=False,
        check=False,
    )
    with instance.log.open("a", encoding="utf-8") as log:
        log.write(done.stdout)
    if done.returncode:
        last = "".join(done.stdout.strip().splitlines()[-1:])
        raise WikiError(f"{Path(command[0]).name} failed: {last}\nSee {instance.log}")


def read_pages(folder: Path) -> list[Page]:
    """Read the pages of a folder wiki."""
    top = folder / "pages"
    if not top.is_dir():
        raise WikiError(f"There is no folder {top}: a folder wiki has its pages there.", USAGE)
    files = sorted(path for path in top.rglob("*") if path.suffix in {".wikitext", ".json", ".csv"})
    return [read_page(path, path.relative_to(top).as_posix()) for path in files]


def read_page(path: Path, name: str) -> Page:
    """Read a page; the title of a JSON or CSV page keeps its ending, since that is how wikis name such pages."""
    try:
        title = unquote(name.removesuffix(".wikitext"), errors="strict")
        # MediaWiki never keeps the line end after a page's last line.
        return Page(title=title, text=path.read_bytes().decode("utf-8").rstrip())
    except UnicodeDecodeError as error:
        raise WikiError(f"{path} is not UTF-8, in its name or its text: {error.reason}.", USAGE) from error


def write_pywikibot(instance: Instance, language: str) -> None:
    """Write the settings that pywikibot needs for this wiki."""
    folder = instance.folder / "pywikibot"
    (folder / "families").mkdir(parents=True, exist_ok=True)
    family = folder / "families" / "dialoguebot_family.py"
    password_file = folder / "user-password.py"
    words = {
        "language": language,
        "port": str(instance.port),
        "family_file": repr(str(family)),
        "password_file": repr(str(password_file)),
    }
    for name, path in (
        ("dialoguebot_family.py.in", family),
        ("user-config.py.in", folder / "user-config.py"),
    ):
        template = string.Template((HERE / name).read_text(encoding="utf-8"))
        write_secret(path, template.substitute(words))
    passwords = json.loads((instance.folder / "accounts.json").read_text(encoding="utf-8"))
    login = f"('DialogueBot', BotPassword('local', {passwords['DialogueBot@local']!r}))"
    write_secret(password_file, login + "\n")
    # pywikibot looks for scripts below its own folder only, and takes a dot in a path for a package.
    scripts = folder / "scripts"
    scripts.unlink(missing_ok=True)
    scripts.symlink_to(HERE.parent)


def write_secret(path: Path, text: str) -> None:
    """Write a file that only its owner can read (the umask sees to the moment before)."""
    path.write_text(text, encoding="utf-8")
    path.chmod(0o600)

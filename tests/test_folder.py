"""A wiki that is a folder: titles and files, what cannot be read, and what is never overwritten."""

import fcntl
from datetime import UTC
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.errors import TryLater, UsageError
from bot.model import Conflict, Edit, Missing, OptedOut, Protected, Revision, Saved, TooBig
from bot.wiki.folder import FolderWiki


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "wiki.toml").write_text('wiki = "meta"\n', encoding="utf-8")
    (tmp_path / "pages").mkdir()
    return tmp_path


def new(title: str, wikitext: str = "text") -> Edit:
    return Edit(title=title, base=None, wikitext=wikitext, summary="why")


def revision(wiki: FolderWiki, title: str) -> Revision:
    found = wiki.pages([title])[title]
    assert isinstance(found, Revision), found
    return found


FILES = {
    "Tea": "Tea.wikitext",
    "Tea/Report": "Tea/Report.wikitext",
    "User:Me/a b": "User:Me/a b.wikitext",
    "User:Me/x.json": "User:Me/x.json",
    "100%": "100%25.wikitext",
    "What?": "What%3F.wikitext",
    'a "b" <c> *d* |e| \\f': "a %22b%22 %3Cc%3E %2Ad%2A %7Ce%7C %5Cf.wikitext",
    ".hidden": "%2Ehidden.wikitext",
    "../../etc/passwd": "%2E./%2E./etc/passwd.wikitext",
    "قائمة/é": "قائمة/é.wikitext",
    "a.wikitext": "a.wikitext.wikitext",
    "x.json/y": "x.json/y.wikitext",
}


@pytest.mark.parametrize(("title", "file"), FILES.items(), ids=FILES.keys())
def test_a_title_is_a_file_and_back(folder: Path, title: str, file: str) -> None:
    wiki = FolderWiki(folder)
    assert isinstance(wiki.save(new(title)), Saved)
    assert (folder / "pages" / file).read_text(encoding="utf-8") == "text\n"
    assert wiki.titles() == [title]
    assert revision(wiki, title).wikitext == "text"
    assert wiki.address(title) == str(folder / "pages" / file)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(title=st.text(alphabet=st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=40))
def test_no_title_leads_out_of_the_folder(folder: Path, title: str) -> None:
    path = Path(FolderWiki(folder).address(title)).resolve()
    assert path.is_relative_to((folder / "pages").resolve())


def test_underscores_are_spaces(folder: Path) -> None:
    wiki = FolderWiki(folder)
    wiki.save(new("a b"))
    assert list(wiki.pages(["a_b", "a b"])) == ["a b"]


def test_pages_below_a_prefix_come_behind_those_named_and_in_order(folder: Path) -> None:
    wiki = FolderWiki(folder)
    for title in ("N/b", "N/a", "N", "Nb", "M"):
        wiki.save(new(title))
    assert list(wiki.pages(["M", "Z", "N/b"], ["N/"])) == ["M", "Z", "N/b", "N/a"]


def test_a_revision_has_its_text_its_number_and_its_time(folder: Path) -> None:
    wiki = FolderWiki(folder)
    saved = wiki.save(new("a", "one"))
    found = revision(wiki, "a")
    assert isinstance(saved, Saved)
    assert saved.created
    assert found.revid == saved.revid > 0
    assert found.timestamp.tzinfo is UTC
    (folder / "pages" / "a.wikitext").write_text("two\n", encoding="utf-8")
    assert revision(wiki, "a").revid != saved.revid


UNREADABLE = {
    "binary": (b"\x89PNG\r\n\0", "binary", 1),
    "not-utf-8": (b"one\ntwo caf\xe9\n", "UTF-8", 2),
    "utf-16": ("a".encode("utf-16"), "binary", 1),
}


@pytest.mark.parametrize(("content", "why", "line"), UNREADABLE.values(), ids=UNREADABLE.keys())
def test_what_is_no_text_is_there_and_cannot_be_read(folder: Path, content: bytes, why: str, line: int) -> None:
    path = folder / "pages" / "a.wikitext"
    path.write_bytes(content)
    wiki = FolderWiki(folder)
    found = wiki.pages(["a"])["a"]
    assert isinstance(found, Missing)
    assert (found.exists, found.line, why in found.why) == (True, line, True)
    assert isinstance(wiki.save(new("a")), Protected)
    assert path.read_bytes() == content


def test_a_folder_where_a_page_should_be_cannot_be_read(folder: Path) -> None:
    (folder / "pages" / "a.wikitext").mkdir()
    found = FolderWiki(folder).pages(["a"])["a"]
    assert isinstance(found, Missing)
    assert found.exists


def test_a_page_below_a_page_is_another_page(folder: Path) -> None:
    wiki = FolderWiki(folder)
    wiki.save(new("a"))
    assert isinstance(wiki.pages(["a/b"])["a/b"], Missing)
    assert isinstance(wiki.pages(["a.wikitext/b"])["a.wikitext/b"], Missing)


REDIRECTS = {
    "#REDIRECT [[B]]": "B",
    "#redirect[[B]]": "B",
    "#REDIRECT: [[B#section|words]]": "B",
    "\n #REDIRECT [[:User:B_c]]": "User:B c",
    "#REDIRECT": "",
    "#REDIRECTED [[B]]": "",
    "* #REDIRECT [[B]]": "",
    "#REDIRECT [[B": "",
}


@pytest.mark.parametrize(("wikitext", "target"), REDIRECTS.items(), ids=REDIRECTS.keys())
def test_redirect(folder: Path, wikitext: str, target: str) -> None:
    wiki = FolderWiki(folder)
    wiki.save(new("a", wikitext))
    assert revision(wiki, "a").redirect == target


def test_a_page_that_changed_or_appeared_is_a_conflict(folder: Path) -> None:
    wiki = FolderWiki(folder)
    wiki.save(new("a", "one"))
    base = revision(wiki, "a")
    assert isinstance(wiki.save(new("a", "mine")), Conflict)
    (folder / "pages" / "a.wikitext").write_text("theirs\n", encoding="utf-8")
    assert isinstance(wiki.save(Edit(title="a", base=base, wikitext="mine", summary="")), Conflict)
    assert revision(wiki, "a").wikitext == "theirs"


def test_a_page_that_was_deleted_is_not_made_again(folder: Path) -> None:
    wiki = FolderWiki(folder)
    wiki.save(new("a"))
    base = revision(wiki, "a")
    (folder / "pages" / "a.wikitext").unlink()
    assert isinstance(wiki.save(Edit(title="a", base=base, wikitext="mine", summary="")), OptedOut)
    assert wiki.titles() == []


def test_a_page_is_stored_as_a_wiki_stores_it(folder: Path) -> None:
    wiki = FolderWiki(folder)
    wiki.save(new("a", "e\u0301 \n\n\n"))
    assert (folder / "pages" / "a.wikitext").read_bytes() == "é\n".encode()


def test_a_page_too_large_for_a_wiki_is_refused(folder: Path) -> None:
    wiki = FolderWiki(folder)
    assert isinstance(wiki.save(new("a", "x" * 2_200_000)), TooBig)
    assert wiki.titles() == []


def test_nothing_but_the_page_is_left_behind(folder: Path) -> None:
    FolderWiki(folder).save(new("a"))
    assert sorted(path.name for path in (folder / "pages").rglob("*")) == ["a.wikitext"]


def test_two_runs_at_once_the_second_leaves_at_once(folder: Path) -> None:
    wiki = FolderWiki(folder)
    wiki.save(new("a"))
    with (folder / ".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        with pytest.raises(TryLater, match="again"):
            wiki.save(new("b"))
    assert isinstance(wiki.save(new("b")), Saved), "a lock that nobody holds is no lock"


SETTINGS = {
    "unknown-key": ('wiki = "meta"\ncolour = "red"\n', "colour"),
    "wrong-type": ("wiki = 5\n", "wiki"),
    "not-toml": ("wiki = \n", "line 1"),
    "unknown-wiki": ('wiki = "nowhere"\n', "nowhere"),
}


@pytest.mark.parametrize(("text", "said"), SETTINGS.values(), ids=SETTINGS.keys())
def test_settings_of_a_folder_that_cannot_be_used_are_named(folder: Path, text: str, said: str) -> None:
    (folder / "wiki.toml").write_text(text, encoding="utf-8")
    with pytest.raises(UsageError, match=said):
        FolderWiki(folder)


def test_a_folder_that_is_none_is_named(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"wiki\.toml"):
        FolderWiki(tmp_path)
    with pytest.raises(UsageError, match="nowhere"):
        FolderWiki(tmp_path / "nowhere")


def test_a_folder_follows_the_wiki_that_it_names(folder: Path) -> None:
    (folder / "wiki.toml").write_text('wiki = "fr"\ntimezone = "Europe/Paris"\n', encoding="utf-8")
    wiki = FolderWiki(folder)
    assert wiki.profile.language == "fr"
    wiki.save(new("a", "#REDIRECTION [[B]]"))
    assert revision(wiki, "a").redirect == "B"

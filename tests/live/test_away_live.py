"""The wiki is away, says no, or forgets who the bot is; and what must never be seen."""

import json
import re
import sys
from pathlib import Path

import pytest

from .bot import Bot
from .gate import Answer
from .scene import CONSULTATION, REPORT, Scene, publish
from .wiki import free_port

pytestmark = pytest.mark.live

SOON, AT_ONCE = 30, 5  # seconds
FORBIDDEN = b"<!DOCTYPE html><html><body><h1>403 Forbidden</h1>Your user agent is not welcome here.</body></html>"
TOO_MANY = b"<!DOCTYPE html><html><body>Too many requests</body></html>"


def html(status: int, body: bytes, *headers: tuple[str, str]) -> Answer:
    return Answer(status=status, headers=(("Content-Type", "text/html"), *headers), body=body)


def said(bot: Bot, out: str, err: str) -> str:
    """Return all that a run left anywhere, but for the file that holds the password."""
    files = [path for folder in (bot.settings, bot.folder) for path in folder.rglob("*")]
    written = [path for path in files if path.is_file() and path.name != "user-password.py"]
    return "\n".join([out, err, *(path.read_text(encoding="utf-8", errors="replace") for path in written)])


def without_account(bot: Bot) -> None:
    """Leave only the family in the settings, as for somebody who has no account."""
    config = bot.settings / "user-config.py"
    lines = config.read_text(encoding="utf-8").splitlines(keepends=True)
    kept = [line for line in lines if not line.startswith(("usernames", "password_file"))]
    config.write_text("".join(kept), encoding="utf-8")
    bot.forget()
    (bot.settings / "user-password.py").unlink()


def test_a_wiki_that_is_not_there(live: Scene) -> None:
    live.bot.rewrite("families/dialoguebot_family.py", f":{live.gate.port}", f":{free_port()}")
    ran = live.publish()
    assert ran.code == 75
    assert "dialoguebot: " in ran.err
    assert "Traceback" not in ran.err
    assert ran.seconds < SOON


def test_a_wiki_that_goes_away_before_the_save(live: Scene) -> None:
    live.change_source()
    newest = live.wiki.newest_revid()
    live.gate.answer("edit", html(503, b"<html>Service unavailable</html>"))
    ran = live.publish()
    assert (ran.code, ran.outcomes) == (75, ["ReadOnly", "NotTried", "NotTried"])
    assert live.wiki.newest_revid() == newest
    assert ran.seconds < SOON


def test_a_busy_wiki_is_waited_for_as_it_asks(live: Scene) -> None:
    live.change_source()
    live.gate.answer("edit", html(429, TOO_MANY, ("Retry-After", "1")), times=1)
    ran = live.publish()
    assert (ran.code, ran.outcomes) == (0, ["Saved"] * 3)
    assert ran.seconds > 1


def test_a_wiki_that_asks_to_wait_longer_than_a_run_may_take(live: Scene) -> None:
    live.change_source()
    live.gate.answer("edit", html(503, TOO_MANY, ("Retry-After", "3600")))
    ran = live.publish()
    assert (ran.code, live.gate.edited) == (75, [REPORT])
    assert ran.seconds < SOON


def test_a_database_that_lags_is_waited_for(live: Scene) -> None:
    live.change_source()
    lag = {"error": {"code": "maxlag", "info": "Waiting for a server: 7 seconds lagged.", "lag": 7}}
    headers = (("Content-Type", "application/json"), ("Retry-After", "1"))
    live.gate.answer("edit", Answer(status=200, headers=headers, body=json.dumps(lag).encode()), times=1)
    ran = live.publish()
    assert (ran.code, ran.outcomes) == (0, ["Saved"] * 3)
    assert ran.seconds < SOON


@pytest.mark.parametrize("status", [403, 200])
def test_html_in_place_of_an_answer_stops_at_once(live: Scene, status: int) -> None:
    live.gate.answer("", html(status, FORBIDDEN))
    ran = live.publish()
    assert ran.code == 77
    assert "Traceback" not in ran.err
    assert len(live.gate.asked) == 1
    assert ran.seconds < AT_ONCE


def test_html_in_place_of_the_answer_to_an_edit_stops_at_once(live: Scene) -> None:
    live.change_source()
    live.gate.answer("edit", html(403, FORBIDDEN))
    ran = live.publish()
    assert (ran.code, ran.outcomes) == (77, ["Blocked", "NotTried", "NotTried"])
    assert live.gate.edited == [REPORT]


def test_a_wrong_password(live: Scene) -> None:
    right, wrong = live.wiki.passwords["DialogueBot@local"], "0123456789abcdef-not-this-one"
    live.bot.forget()
    live.bot.rewrite("user-password.py", right, wrong)
    newest = live.wiki.newest_revid()
    ran = live.publish()
    assert (ran.code, live.wiki.newest_revid()) == (77, newest)
    assert "password" in ran.err
    assert "Traceback" not in ran.err
    assert live.gate.actions.count("login") <= 2
    assert ran.seconds < SOON
    left = said(live.bot, ran.out, ran.err)
    assert wrong not in left
    assert right not in left


def test_no_secret_is_left_when_the_wiki_hangs_up_on_the_password(live: Scene) -> None:
    live.bot.forget()
    live.bot.rewrite("user-config.py", "log = []", "log = ['*']")
    live.gate.lose_answer("login")
    live.gate.lose_answer("clientlogin")
    ran = live.publish()
    left = said(live.bot, ran.out, ran.err)
    assert live.wiki.passwords["DialogueBot@local"] not in left
    assert not re.search(r"[0-9a-f]{32,}\+\\", left)
    logs = list((live.bot.settings / "logs").glob("*")) if (live.bot.settings / "logs").exists() else []
    assert all(path.stat().st_mode & 0o077 == 0 for path in logs)


def test_no_password_stored(live: Scene) -> None:
    live.bot.forget()
    (live.bot.settings / "user-password.py").write_text("", encoding="utf-8")
    ran = live.publish()
    assert ran.code == 77
    assert "Traceback" not in ran.err
    assert ran.seconds < SOON


def test_a_session_that_the_wiki_forgot(live: Scene) -> None:
    """The wiki deleted all sessions and tokens of the account: the bot logs in again."""
    live.change_source()
    forget_sessions(live)
    ran = live.publish()
    assert (ran.code, ran.outcomes) == (0, ["Saved"] * 3)
    assert set(live.admin.users(REPORT)) == {"DialogueBot", "Admin"}


def test_a_session_that_ends_during_the_run(live: Scene) -> None:
    """Between reading and saving the wiki forgets the session: never is a page saved without the account."""
    live.change_source()
    live.gate.before("edit", lambda: forget_sessions(live))
    ran = live.publish()
    assert (ran.code, ran.outcomes) == (0, ["Saved"] * 3), f"{ran.out}\n{ran.err}"
    assert set(live.admin.users(REPORT)) == {"DialogueBot", "Admin"}


def forget_sessions(live: Scene) -> None:
    live.wiki.sql("DELETE FROM objectcache WHERE keyname LIKE '%MWSession%'", database="wikicache.sqlite")
    live.wiki.sql("UPDATE user SET user_token = 'x' WHERE user_name = 'DialogueBot'")


def test_a_cookie_file_with_nonsense(live: Scene) -> None:
    live.change_source()
    text = live.bot.cookies.read_text(encoding="utf-8")
    live.bot.cookies.write_text(re.sub(r'(Token|session|Session)="?\w+"?', r'\1="nonsense"', text), encoding="utf-8")
    ran = live.publish()
    assert (ran.code, ran.outcomes) == (0, ["Saved"] * 3)
    live.bot.cookies.write_text("no cookies at all\n", encoding="utf-8")
    assert live.publish().code == 0


def test_show_and_diff_need_no_account(live: Scene) -> None:
    without_account(live.bot)
    live.change_source()
    shown = live.bot.run("show", "needs", "--json", "--consultation", CONSULTATION)
    assert (shown.code, len(json.loads(shown.out)["figures"]["groups"])) == (0, 17)
    diff = live.bot.run("diff", "--consultation", CONSULTATION)
    assert diff.code == 0
    assert "A course in mediation." in diff.out
    assert not {"login", "clientlogin", "edit"} & set(live.gate.actions)


def test_publish_needs_an_account(live: Scene) -> None:
    without_account(live.bot)
    ran = live.publish()
    assert ran.code == 77
    assert "user-config.py" in ran.err
    assert live.gate.edited == []


def test_diff_is_exactly_what_publish_does(live: Scene) -> None:
    live.change_source()
    before = live.admin.read(REPORT).splitlines()
    diff = live.bot.run("diff", "--consultation", CONSULTATION)
    assert live.gate.edited == []
    live.publish()
    after = live.admin.read(REPORT).splitlines()
    added = {line[1:] for line in diff.out.splitlines() if line.startswith("+") and not line.startswith("+++")}
    assert {line for line in after if line not in before} <= added
    assert live.bot.run("diff", "--consultation", CONSULTATION).out.count("@@") == 0


def test_two_runs_in_one_folder_do_not_meet(live: Scene) -> None:
    live.change_source()
    others = []
    live.gate.before("edit", lambda: others.append(publish(live.bot)))
    ran = live.publish()
    assert (ran.code, ran.outcomes) == (0, ["Saved"] * 3)
    assert others[0].code == 75
    assert others[0].outcomes == []


def test_pwb_simulate_saves_nothing(live: Scene, tmp_path: Path) -> None:
    live.change_source()
    newest = live.wiki.newest_revid()
    here = Bot(live.bot.settings, live.bot.settings)
    pwb = [str(Path(sys.executable).parent / "pwb"), "publish_reports"]
    ran = here.execute([*pwb, "-simulate", f"-consultation:{CONSULTATION}"])
    assert (ran.code, ran.outcomes, live.gate.edited) == (0, ["Shown"] * 3, [])
    assert live.wiki.newest_revid() == newest
    ran = here.execute([*pwb, f"-consultation:{CONSULTATION}"])
    assert (ran.code, ran.outcomes) == (0, ["Saved"] * 3)

"""The register over several runs: ids that stay, people's words that stay, and nothing that changes by itself."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.analyze.register import Register
from bot.parse.register_row import remembered
from bot.questions import ANSWERED, OPEN, PARKED, Entry
from bot.render.region import digest
from tests.questions.reading import REGISTER, Runs, ids, read

PAGE = (
    "== Notes of 3 March 2022 ==\n* Who pays for the rooms?\n* Should there be one hub?\n* Who trains the trainers?"
)


def entry(kept: Register, id_: str) -> Entry:
    return next(each for each in kept.entries if each.id == id_)


def test_ids_are_given_in_page_order() -> None:
    assert ids(Runs().run(read(PAGE))) == {
        "Q1": "Who pays for the rooms?",
        "Q2": "Should there be one hub?",
        "Q3": "Who trains the trainers?",
    }


def test_a_second_run_writes_the_very_same() -> None:
    runs = Runs()
    runs.run(read(PAGE))
    first = runs.body
    runs.run(read(PAGE))
    assert runs.body == first


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("Who trains the trainers?", "Who will train the trainers?"),
        ("Who trains the trainers?", "And who trains the trainers, right?"),
        ("Who pays for the rooms?", "Who really pays for rooms?"),
        ("Who pays for the rooms?", "who pays for the Rooms ?"),
        ("Should there be one hub?", "Could there be one hub?"),
        ("Who trains the trainers?", "Who must train the trainers?"),
        ("Should there be one hub?", "And should there be one hub?"),
        ("Who has to pay for rooms and food?", "Who must pay for rooms and food?"),
        ("May a hub hire somebody?", "Can a hub hire somebody?"),
        ("What is the value of hubs?", "What is the real value of hubs?"),
        ("Can a community opt out of its hub?", "Can the communities opt out of the hub?"),
        ("Qui paie pour les hubs ?", "Qui paiera pour les hubs ?"),
        ("من يدفع تكاليف المركز؟", "من سيدفع تكاليف المركز؟"),
        ("谁来支付中心的费用？", "谁会支付中心的费用？"),
    ],
)
def test_a_slightly_other_wording_keeps_its_id(old: str, new: str) -> None:
    runs = Runs()
    before = runs.run(read(f"{PAGE}\n* {old}"))
    changed = PAGE.replace(f"* {old}", f"* {new}") if f"* {old}" in PAGE else f"{PAGE}\n* {new}"
    after = runs.run(read(changed))
    id_ = next(each.id for each in before.entries if each.question == old)
    assert entry(after, id_).question == new
    assert len(after.entries) == len(before.entries)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Who pays?", "Who plays?"),
        ("Should there be one hub?", "Should there be two hubs?"),
        ("Can a hub be closed?", "Can a hub not be closed?"),
        ("Can a group opt in?", "Can a group opt out?"),
        ("Which hubs are legal entities?", "Are hubs legal entities?"),
        ("How are hubs funded?", "Why are hubs funded?"),
        ("Who trains the trainers?", "Who trains the trainees?"),
        ("Do communities choose hubs?", "Do hubs choose communities?"),
        ("Should regional hubs be funded?", "Should thematic hubs be funded?"),
        ("Are 3 groups enough?", "Are 6 groups enough?"),
        ("Wer zahlt das Haus?", "Wer zahlt kein Haus?"),
        ("May a hub of the movement pay its volunteers?", "Must a hub of the movement pay its volunteers?"),
        ("Should a hub pay its volunteers?", "Must a hub pay its volunteers?"),
        ("Should a hub pay its volunteers?", "May a hub pay its volunteers?"),
        ("Are they paid by the hub or by the fund?", "Are they paid by the hub and by the fund?"),
        ("Darf ein Hub Personal einstellen?", "Soll ein Hub Personal einstellen?"),
    ],
)
def test_another_question_gets_another_id(one: str, other: str) -> None:
    runs = Runs()
    runs.run(read(f"* {one}"))
    assert ids(runs.run(read(f"* {other}"))) == {"Q2": other}
    assert len(Runs().run(read(f"* {one}\n* {other}")).entries) == 2


def test_a_question_on_several_pages_is_one_entry() -> None:
    kept = Runs().run(read(PAGE), read("Who will train the trainers? -- Ada 10:00", "Talk:Page"))
    assert entry(kept, "Q3").times == 2
    assert [asked.place.title for asked in entry(kept, "Q3").asked] == ["Page", "Talk:Page"]


def test_a_moved_page_keeps_ids_and_the_date_of_the_first_asking() -> None:
    runs = Runs()
    before = runs.run(read("* Who pays?\n* Who leads?", "Old", saved="2022-01-05"))
    after = runs.run(read("Intro.\n* Who leads?\n* Who pays?", "New", saved="2022-06-01"))
    assert ids(after) == ids(before)
    assert [each.first for each in after.entries] == [each.first for each in before.entries]
    assert entry(after, "Q1").pages == ("New",)


def test_ids_are_never_used_again_and_come_back_with_their_question() -> None:
    runs = Runs()
    runs.run(read("* Who pays?\n* Who leads?"))
    runs.write("state-Q2", "parked")
    gone = runs.run(read("* Who pays?"))
    assert [each.id for each in gone.gone] == ["Q2"]
    assert ids(runs.run(read("* Who pays?\n* Who sings?"))) == {"Q1": "Who pays?", "Q3": "Who sings?"}
    back = runs.run(read("* Who leads?"))
    assert ids(back) == {"Q2": "Who leads?"}
    assert entry(back, "Q2").state == PARKED


@pytest.mark.parametrize(
    ("words", "state"),
    [
        ("parked", PARKED),
        ("'''Parked''' – until May", PARKED),
        ("{{parked}}", PARKED),
        ("<s>answered</s> open", OPEN),
        ("not answered", OPEN),
        ("geparkt bis Mai", PARKED),
        ("beantwortet", ANSWERED),
        ("مجاب عنه", ANSWERED),
        ("مؤجل", PARKED),
        ("mis en attente", PARKED),
        ("已回答", ANSWERED),
        ("保留", PARKED),
        ("[[Talk:Page#Answer|there]]", ANSWERED),
        ("https://example.org/minutes", ANSWERED),
        ("parked [[User:Ada|Ada]] 10:00, 2 March 2022 (UTC)", PARKED),
    ],
)
def test_a_person_s_word_is_the_state(words: str, state: str) -> None:
    runs = Runs()
    runs.run(read(PAGE))
    runs.write("state-Q1", words)
    for _ in range(3):
        kept = runs.run(read(PAGE))
        assert entry(kept, "Q1").state == state
        assert f"<!-- yours:state-Q1 -->{words}<!-- /yours -->" in runs.body
        assert not kept.problems


def test_a_person_opens_again_what_was_answered() -> None:
    runs = Runs()
    page = "Who pays? -- Ada 10:00\n:The house. -- Bob 11:00"
    assert entry(runs.run(read(page)), "Q1").state == ANSWERED
    runs.write("state-Q1", "open")
    kept = runs.run(read(page))
    assert (entry(kept, "Q1").state, entry(kept, "Q1").found) == (OPEN, ANSWERED)


def test_a_word_stays_until_the_person_changes_or_takes_it_back() -> None:
    runs = Runs()
    runs.run(read(PAGE))
    for words, state in (("parked", PARKED), ("answered in May", ANSWERED), ("open", OPEN), ("", OPEN)):
        before = runs.body
        start = before.index("<!-- yours:state-Q1 -->") + len("<!-- yours:state-Q1 -->")
        runs.body = before[:start] + words + before[before.index("<!-- /yours -->", start) :]
        for _ in range(3):
            assert entry(runs.run(read(PAGE)), "Q1").state == state
            assert f"<!-- yours:state-Q1 -->{words}<!-- /yours -->" in runs.body


def test_a_word_stays_with_a_question_that_is_put_in_other_words_on_another_page() -> None:
    runs = Runs()
    runs.run(read(PAGE))
    runs.write("state-Q3", "parked until May")
    kept = runs.run(read("== Left ==\n* And who will train the trainers?", "Moved"))
    assert [(each.id, each.state, each.said.text) for each in kept.entries if each.is_asked] == [
        ("Q3", PARKED, "parked until May")
    ]


def test_a_link_in_the_field_for_it_answers() -> None:
    runs = Runs()
    runs.run(read(PAGE))
    runs.write("answer-Q1", "[[Minutes of May#Rooms]]")
    answers = entry(runs.run(read(PAGE)), "Q1").answers
    assert [(answer.kind, answer.target, answer.place.title) for answer in answers] == [
        ("link", "Minutes of May#Rooms", REGISTER)
    ]


@pytest.mark.parametrize(
    "words",
    ["–", "?", "TBD", "we do not know yet", "no link yet", "none", "No", "later", "not yet, ask in May", "kein Link"],
)
def test_what_says_nothing_is_no_answer(words: str) -> None:
    runs = Runs()
    runs.run(read(PAGE))
    runs.write("answer-Q1", words)
    assert entry(runs.run(read(PAGE)), "Q1").state == OPEN


@pytest.mark.parametrize("words", ["No, never.", "the members do", "none, see [[Minutes of May]]"])
def test_words_in_the_place_of_the_link_may_answer(words: str) -> None:
    runs = Runs()
    runs.run(read(PAGE))
    runs.write("answer-Q1", words)
    assert entry(runs.run(read(PAGE)), "Q1").state == ANSWERED


@pytest.mark.parametrize("words", ["yellow", "parked?", "{{maybe}}"])
def test_an_unknown_word_is_shown_with_its_line_and_kept(words: str) -> None:
    runs = Runs()
    runs.run(read(PAGE))
    runs.write("state-Q2", words)
    line = runs.body[: runs.body.index("yours:state-Q2 ")].count("\n") + 1
    kept = runs.run(read(PAGE))
    assert [(each.kind, each.place.title, each.place.line) for each in kept.problems] == [
        ("question-state", REGISTER, line)
    ]
    assert entry(kept, "Q2").state == OPEN
    assert f"-->{words}<!--" in runs.body


def test_a_rhetorical_question_counts_once_a_person_says_so() -> None:
    runs = Runs()
    page = "We agree, right? Then we left."
    assert not runs.run(read(page)).in_state(OPEN)
    runs.write("state-Q1", "open")
    assert [each.id for each in runs.run(read(page)).in_state(OPEN)] == ["Q1"]


def test_without_a_page_for_the_register_a_problem_says_so() -> None:
    runs = Runs(reports=[{"report": "questions", "page": "Out/Questions"}])
    assert [each.message for each in runs.run(read(PAGE)).problems] == ["question-unkept"]


def test_what_is_asked_longest_comes_first() -> None:
    page = "Who sings? -- Ada 10:00\n\n== 1 March 2021 ==\n* Who pays?\n== 1 May 2021 ==\n* Who leads?"
    kept = Runs().run(read(page))
    assert [each.question for each in kept.in_state(OPEN)] == ["Who pays?", "Who leads?", "Who sings?"]


def test_the_register_is_read_back_in_every_language() -> None:
    runs = Runs()
    kept = runs.run(read(PAGE))
    assert [remembered(runs.written(kept, code)) for code in ("ar", "fr", "ja")] == [remembered(runs.body)] * 3


@pytest.mark.parametrize("kinds", [["talk"], ["heading", "list"]])
def test_the_settings_say_which_kinds_count(kinds: list[str]) -> None:
    kept = Runs(questions={"kinds": kinds}).run(
        read(f"{PAGE}\n== Open question: who sings? ==\nWho knits? -- Ada 10:00")
    )
    assert {asked.kind for each in kept.entries for asked in each.asked} <= set(kinds)
    assert kept.entries


HOSTILE = [
    "a --> b", "<!-- /yours -->", "<!-- yours:state-Q1 -->", "<!-- dialoguebot:end register -->", "| b || c",
    "]] [[x", "{{subst:x}}", "~~~~", "</div>", '"quoted\\u0041" \\', "''' ''", "-{x}-", "__NOTOC__", "\u202e\u0301",
]  # fmt: skip


@pytest.mark.parametrize("words", HOSTILE)
def test_hostile_words_stay_words(words: str) -> None:
    runs = Runs()
    page = f"== Open question: who wrote <nowiki>{words}</nowiki> {words} here? ==\n* Who wrote {words} there?"
    first = runs.run(read(page))
    body = runs.body
    assert [each.number for each in remembered(body)] == [each.number for each in first.entries]
    runs.write("state-Q1", "parked")
    assert digest(runs.body) == digest(body)
    assert [each.id for each in runs.run(read(page)).entries] == [each.id for each in first.entries]


@settings(deadline=None, max_examples=60)
@given(st.lists(st.text(min_size=1, max_size=60), min_size=1, max_size=6))
def test_any_page_is_read_and_settles(lines: list[str]) -> None:
    runs = Runs()
    page = "\n".join(f"* Who {line}?" for line in lines)
    runs.run(read(page))
    body = runs.body
    runs.run(read(page))
    assert runs.body == body


def test_two_thousand_questions_keep_their_ids() -> None:
    names = [f"{chr(97 + at % 26)}{chr(97 + at // 26 % 26)}{chr(97 + at // 676)}x" for at in range(2_000)]
    runs = Runs()
    first = runs.run(read("\n".join(f"* Should topic {name} be asked of the group in a meeting?" for name in names)))
    then = runs.run(read("\n".join(f"* Could topic {name} be asked of the groups in meetings?" for name in names)))
    assert len(first.entries) == len(then.entries) == 2_000
    assert all(each.is_asked for each in then.entries)

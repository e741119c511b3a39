"""The report of polls: what was answered, how it changed, and pictures of both."""

from collections.abc import Mapping, Sequence
from typing import Any

from bot.analyze.breakdowns import SMALLEST
from bot.analyze.poll_figures import BrokenDown, Comparison, Guarded, PollFigures, PollResult, QuestionFigures
from bot.analyze.polls import answerers, count_polls
from bot.analyze.polls import settled as settled_reading
from bot.analyze.republished import written
from bot.consultation import Consultation
from bot.memory import Memory
from bot.model import Problem
from bot.parse import poll
from bot.parse.poll_values import SCALE, Answer, Poll, PollReading
from bot.people import UserFacts
from bot.render import numbers
from bot.render.chart import AGREE, DISAGREE, OPTION, UNSURE, Bar, Chart, Group, Key, Segment, Tone, tones
from bot.render.labels import Labels
from bot.render.terminal import table

READS = "poll"
REMEMBERS = "polls"
combine = PollReading.together


def people(reading: PollReading, consultation: Consultation | None) -> Sequence[str]:
    """Return the users of whom the wiki is to be asked what they are called now."""
    follows = consultation is None or consultation.votes.follow_renames
    return answerers(reading) if follows else ()


def figures(
    reading: PollReading, consultation: Consultation, facts: Mapping[str, UserFacts], memory: Memory
) -> PollFigures:
    """Count the polls that the settings describe, or else those that tables describe themselves."""
    return count_polls(reading, consultation.all_polls(), memory.body, facts)


def settled(
    reading: PollReading, consultation: Consultation | None, facts: Mapping[str, UserFacts]
) -> tuple[Sequence[dict[str, Any]], Sequence[Problem]]:
    """Return every figure and answer of a page as an object for programs, each answer with its final status."""
    polls = consultation.all_polls() if consultation else ()
    return poll.as_json(settled_reading(reading, polls, facts)), reading.problems


def as_json(counted: PollFigures, language: str) -> dict[str, Any]:
    """Return the figures with the keys that ``show polls --json`` promises; shares in percent, not rounded."""
    return {
        "polls": [_question_json(result, each, language) for result in counted.polls for each in result.questions],
        "comparisons": [
            {
                "question": change.question.title(language),
                "answer": change.answer.title(language),
                "before": float(change.before.percent),
                "after": float(change.after.percent),
                "change": float(change.change),
            }
            for comparison in counted.comparisons
            for change in comparison.changes
        ],
        "responses": [
            {"poll": result.poll.id, "people": result.people, "invited": result.poll.invited}
            for result in counted.polls
        ],
    }


def _question_json(result: PollResult, figures: QuestionFigures, language: str) -> dict[str, Any]:
    counts = {each.answer.title(language): each for each in figures.counts}
    found = {
        "poll": result.poll.id,
        "question": figures.question.title(language),
        "kind": result.poll.kind,
        "n": figures.n,
        "answers": {title: each.count for title, each in counts.items()},
        "agreement": float(figures.agreement.percent) if figures.agreement.is_known else None,
        "mean": float(figures.mean.value) if figures.mean.is_known else None,
        "shares": {title: float(each.percent) for title, each in counts.items()},
        "rank": figures.rank,
    }
    if figures.broken_down:
        found["breakdowns"] = {each.breakdown.id: _breakdown_json(each, list(counts)) for each in figures.broken_down}
    return found


def _breakdown_json(broken: BrokenDown, answers: Sequence[str]) -> dict[str, dict[str, int | str]]:
    return {
        value.id: {"n": _shown(total), **{title: _shown(cell) for title, cell in zip(answers, cells, strict=True)}}
        for value, total, cells in broken.rows
    }


def _shown(guarded: Guarded) -> int | str:
    return {"small": f"<{SMALLEST}", "withheld": "withheld"}.get(guarded.mark, guarded.count)


def counts(result: PollResult, figures: QuestionFigures, broken: BrokenDown) -> str:
    """Return what a table of a breakdown shows, as the next run reads it."""
    return written(result.poll.id, figures.question.id, broken)


def has_value(poll: Poll, answer: Answer, code: str) -> bool:
    """Tell whether the value of an answer is to stand beside its title, where that does not say it."""
    return poll.kind == SCALE and not answer.is_unsure and str(answer.value) not in answer.title(code)


def as_text(counted: PollFigures, labels: Labels) -> str:
    """Return a table for each poll and each comparison, for the terminal."""
    parts = [f"{each.poll.title(labels.code)}\n{_text_table(each, labels)}" for each in counted.polls]
    return "\n\n".join([*parts, *(_text_changes(each, labels) for each in counted.comparisons)])


def _text_table(result: PollResult, labels: Labels) -> str:
    code = labels.code
    head = [labels.text("polls-question"), *(answer.title(code) for answer in result.poll.answers)]
    is_scale = result.poll.kind == SCALE
    scores = [labels.text("polls-agreement"), labels.text("polls-mean")] if is_scale else []
    rows = [[*head, labels.text("polls-n"), *scores]]
    for each in result.questions:
        counts = [f"{count.count} ({numbers.exact_percent(count.percent, code)})" for count in each.counts]
        rows.append([each.question.title(code), *counts, str(each.n), *(_scores(each, code) if is_scale else [])])
    return table(rows, has_total=False)


def _scores(figures: QuestionFigures, code: str) -> list[str]:
    agreement, mean = figures.agreement, figures.mean
    return [
        numbers.exact_percent(agreement.percent, code) if agreement.is_known else "",
        numbers.decimal(mean.value, code, 2) if mean.is_known else "",
    ]


def _text_changes(comparison: Comparison, labels: Labels) -> str:
    code = labels.code
    polls = (comparison.before.poll.title(code), comparison.after.poll.title(code))
    rows = [[labels.text("polls-question"), labels.text("polls-answer"), *polls, labels.text("polls-change")]]
    for change in comparison.changes:
        shares = [numbers.exact_percent(each.percent, code) for each in (change.before, change.after)]
        points = numbers.points(change.change, code)
        rows.append([change.question.title(code), change.answer.title(code), *shares, points])
    return table(rows, has_total=False)


def summary(counted: PollFigures) -> tuple[int, ...]:
    """Return what the edit summary says: the number of polls, and of polls that were taken twice."""
    return len(counted.polls), len(counted.comparisons)


def charts(counted: PollFigures, labels: Labels) -> dict[str, Chart]:
    """Return a chart for each poll and for each poll that was taken twice, by id."""
    made = [_poll_chart(result, labels) for result in counted.polls if result.poll.answers]
    made += [_comparison_chart(comparison, labels) for comparison in counted.comparisons]
    return {chart.id: chart for chart in made}


def _poll_chart(result: PollResult, labels: Labels) -> Chart:
    poll = result.poll
    looks = tones(_kinds(poll))
    bars = [_bar(each, each.question.title(labels.code), looks, labels) for each in result.questions]
    return Chart(
        id=poll.id,
        title=poll.title(labels.code),
        keys=_keys(poll, looks, labels),
        groups=tuple(Group(title="", bars=(bar,)) for bar in bars),
    )


def _comparison_chart(comparison: Comparison, labels: Labels) -> Chart:
    before, after = comparison.before, comparison.after
    looks = [tones(_kinds(each.poll)) for each in (before, after)]
    titles = (before.poll.title(labels.code), after.poll.title(labels.code))
    earlier = {each.question.id: each for each in before.questions}
    groups = [
        Group(
            title=each.question.title(labels.code),
            bars=tuple(
                _bar(figures, title, own, labels, is_under=True)
                for figures, title, own in zip((earlier[each.question.id], each), titles, looks, strict=True)
            ),
        )
        for each in after.questions
        if each.question.id in earlier
    ]
    title = labels.text("polls-comparison-heading", *titles)
    return Chart(
        id=comparison.id,
        title=title,
        keys=_keys(after.poll, looks[1], labels),
        groups=tuple(groups),
    )


def _bar(
    figures: QuestionFigures, title: str, looks: Sequence[Tone], labels: Labels, *, is_under: bool = False
) -> Bar:
    segments = []
    for each, tone in zip(figures.counts, looks, strict=True):
        percent = numbers.exact_percent(each.percent, labels.code)
        said = labels.text("polls-segment", each.answer.title(labels.code), each.count, percent)
        segments.append(Segment(tone=tone, share=each.percent, said=said, percent=percent))
    note = labels.text("polls-answers", figures.n)
    return Bar(title=title, note=note, segments=tuple(segments), is_under=is_under)


def _keys(poll: Poll, looks: Sequence[Tone], labels: Labels) -> tuple[Key, ...]:
    pairs = zip(poll.answers, looks, strict=True)
    return tuple(Key(label=answer.title(labels.code), tone=tone) for answer, tone in pairs)


def _kinds(poll: Poll) -> list[str]:
    """Return on which side each answer stands; on a scale with a middle, the middle is on none."""
    values = [answer.value for answer in poll.answers if not answer.is_unsure]
    middle = (min(values) + max(values)) / 2 if values else 0
    kinds = []
    for answer in poll.answers:
        if answer.is_unsure:
            kinds.append(UNSURE)
        elif poll.kind != SCALE or (answer.value == middle and not answer.agrees):
            kinds.append(OPTION)
        else:
            kinds.append(AGREE if answer.agrees else DISAGREE)
    return kinds

"""Collect what one page says of polls: the figures of each question, answers of people, and problems."""

from collections.abc import Mapping, Sequence
from fractions import Fraction

from bot.model import Place, Problem
from bot.parse.poll_cell import Figures
from bot.parse.poll_values import Ballot, Poll, PollReading, Result

_LONGEST_DETAIL = 160
_EXACT_UP_TO = 100  # of more people, a share in whole percent fits several counts
Key = tuple[str, str]


class _Question:
    """The figures of one question of one poll while a page is read."""

    def __init__(self, place: Place) -> None:
        self.place = place
        self.counts: dict[str, int] = {}
        self.shares: dict[str, Fraction] = {}
        self.empty: dict[str, Place] = {}
        self.total = 0
        self.stated = 0
        self.people = 0
        self.left_out = 0


class PollNotes:
    """Collects what one page says, in order."""

    def __init__(self, polls: Sequence[Poll]) -> None:
        self._polls = tuple(polls)
        self._by_id: Mapping[str, Poll] = {poll.id: poll for poll in polls}
        self._questions: dict[Key, _Question] = {}
        self._refused: set[Key] = set()
        self._done: list[Result] = []
        self._ballots: list[Ballot] = []
        self._problems: list[Problem] = []

    def problem(self, place: Place, message: str, *details: str) -> None:
        """Note what a person should look at; a detail is cut where it would fill a page."""
        shortened = tuple(detail[:_LONGEST_DETAIL] for detail in details)
        self._problems.append(Problem(place=place, message=message, details=shortened))

    def once(self, place: Place, message: str, *details: str) -> None:
        """Note a problem unless the page has the same one already."""
        if not any(known.message == message and known.details == details for known in self._problems):
            self.problem(place, message, *details)

    def refuse(self, key: Key) -> None:
        """Leave a question of the table in hand uncounted, because something in it cannot be read."""
        self._refused.add(key)

    def figures(self, key: Key, answer: str, stated: Figures, place: Place) -> None:
        """Note the count or share of an answer; a second, other one leaves the question uncounted."""
        question = self._questions.setdefault(key, _Question(place))
        for count in stated.counts:
            if question.counts.setdefault(answer, count) != count:
                self.problem(place, "poll-cell-twice", str(count), str(question.counts[answer]))
                self.refuse(key)
        for share in stated.shares:
            question.shares.setdefault(answer, share)

    def empty(self, key: Key, answer: str, place: Place) -> None:
        """Note an empty cell: it only matters where nothing else states the answer's count."""
        self._questions.setdefault(key, _Question(place)).empty[answer] = place

    def total(self, key: Key, counts: Sequence[int], place: Place) -> None:
        """Note how many people a table says that a question has."""
        question = self._questions.setdefault(key, _Question(place))
        question.total = counts[0] if counts else question.total

    def stated(self, key: Key, total: int, people: int) -> None:
        """Note how many answers a caption or header says that a question has, or how many people it speaks of."""
        question = self._questions[key]
        question.stated, question.people = question.stated or total, people

    def left_out(self, key: Key, stated: Figures, place: Place) -> None:
        """Note a count in a column of which nobody knows whether it is an answer."""
        self._questions.setdefault(key, _Question(place)).left_out += sum(stated.counts)

    def ballots(self, several: Sequence[Ballot]) -> None:
        """Note answers of people."""
        self._ballots += several

    def end_table(self) -> None:
        """Turn what one table said into results."""
        for key, question in self._questions.items():
            if key not in self._refused and self._is_whole(question):
                self._end_question(key, question)
        self._questions.clear()
        self._refused.clear()

    def _is_whole(self, question: _Question) -> bool:
        missing = [place for answer, place in question.empty.items() if answer not in question.counts]
        if missing and question.counts:
            self.problem(missing[0], "poll-empty-cell")
            return False
        return bool(question.counts or question.shares)

    def _end_question(self, key: Key, question: _Question) -> None:
        poll = self._by_id[key[0]]
        total = question.total or question.stated
        counts = question.counts
        if not counts:
            counts = self._recovered(question, total or question.people or poll.participants, poll)
            total = sum(counts.values())
        elif total and sum(counts.values()) != total:
            title = next((each.title("en") for each in poll.questions if each.id == key[1]), key[1])
            if sum(counts.values()) + question.left_out == total:
                self.problem(question.place, "poll-answers-left-out", title, str(question.left_out), str(total))
                return
            self.problem(question.place, "poll-total-differs", title, str(total), str(sum(counts.values())))
        self._done.append(
            Result(
                poll=key[0],
                question=key[1],
                counts=counts,
                shares=question.shares,
                total=total,
                place=question.place,
            )
        )

    def _recovered(self, question: _Question, total: int, poll: Poll) -> dict[str, int]:
        """Return the only counts that printed shares can stand for, or none, and say why."""
        if not total:
            self.problem(question.place, "poll-shares-only", poll.title("en"))
            return {}
        counts = {answer: round(share * total / 100) for answer, share in question.shares.items()}
        if sum(counts.values()) != total or total > _EXACT_UP_TO:
            self.problem(question.place, "poll-shares-unclear", poll.title("en"), str(total))
            return {}
        return counts

    def reading(self) -> PollReading:
        """Return everything noted, problems by line."""
        by_line = sorted(self._problems, key=lambda problem: problem.place.line)
        return PollReading(
            results=tuple(self._done), ballots=tuple(self._ballots), problems=tuple(by_line), polls=self._polls
        )

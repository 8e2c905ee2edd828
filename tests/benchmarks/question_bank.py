"""How the assistant answers the question bank: `python -m tests.benchmarks.question_bank [tune|report]`.

`--meaning` adds the encoder that is installed; its vectors are kept in `.bot-cache`.

A question counts as right when the answer's id is the expected one (or one of `also`), as suggested when
one of the suggestions is. `--misses` lists what went wrong: only ever use it on the tune half.
"""

import argparse
import json
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from bot.assistant.assistant import Assistant
from bot.assistant.reply import Conversation, Kind, Reply
from bot.assistant.understanding import phrasings_of
from bot.assistant.waiting import WaitingAssistant
from bot.encoder.blocking import BlockingMeaning
from bot.encoder.choice import chosen
from bot.encoder.meaning import Meaning
from bot.knowledge.loader import load

ROOT = Path(__file__).parent.parent.parent
BANK = ROOT / "tests" / "bank"
PARTS = ("questions", "second")
"""Files of the bank. The second was written later, to see if tuning on the first was learning by heart."""
MORNING = datetime(2016, 10, 11, 8, 10, tzinfo=ZoneInfo("Asia/Seoul"))


@dataclass(frozen=True, slots=True)
class Asked:
    """One question of the bank and what the assistant made of it."""

    question: dict[str, Any]
    reply: Reply

    @property
    def in_scope(self) -> bool:
        return self.question["id"] is not None

    @property
    def expected(self) -> set[str]:
        return {self.question["id"], *self.question.get("also", [])}

    @property
    def answered(self) -> bool:
        return self.reply.kind is Kind.ANSWER

    @property
    def right(self) -> bool:
        return self.in_scope and self.answered and self.reply.id in self.expected

    @property
    def helped(self) -> bool:
        """Answered right, or the right one is among the suggestions."""
        return self.right or (self.in_scope and bool(self.expected & set(self.reply.suggestions)))


@dataclass(frozen=True, slots=True)
class Figures:
    """Shares (0–1) over a set of questions."""

    in_scope: int
    right: float
    helped: float
    precision: float  # of the answers given, right
    precision_mixed: float  # the same, weighted as if one question in five were out of scope
    refused: float  # of the questions out of scope, not answered
    calibration_error: float  # expected calibration error of the answers given, ten bins


def bank(half: str | None = None, part: str = PARTS[0]) -> list[dict[str, Any]]:
    """The questions of one half of a part, or of both."""
    lines = (BANK / f"{part}.jsonl").read_text("utf-8").splitlines()
    questions = [json.loads(line) for line in lines if line.strip()]
    return [question for question in questions if half in {None, question["half"]}]


def ask_all(assistant: Assistant, questions: Iterable[dict[str, Any]]) -> list[Asked]:
    """Asks every question, after its earlier ones, in the language of the person who asks."""
    asked = []
    for question in questions:
        moment = datetime.fromisoformat(question["now"]) if question.get("now") else MORNING
        conversation = Conversation(language=question["lang"])
        for earlier in question.get("context") or []:
            conversation = assistant.ask(earlier, conversation, moment).conversation
        asked.append(Asked(question, assistant.ask(question["q"], conversation, moment)))
    return asked


def figures(asked: Sequence[Asked]) -> Figures:
    """The figures of the questions asked; a share of nothing is 1."""
    inside = [each for each in asked if each.in_scope]
    outside = [each for each in asked if not each.in_scope]
    answered = [each for each in asked if each.answered]
    right = sum(each.right for each in answered)
    wrong_inside = sum(each.answered and not each.right for each in inside)
    wrong_outside = sum(each.answered for each in outside)
    # One in five out of scope: the in-scope questions stand for four parts, the others for one.
    weight = len(inside) / (4 * len(outside)) if outside else 0.0
    mixed = right + wrong_inside + weight * wrong_outside
    return Figures(
        in_scope=len(inside),
        right=_share(right, len(inside)),
        helped=_share(sum(each.helped for each in inside), len(inside)),
        precision=_share(right, len(answered)),
        precision_mixed=_share(right, mixed),
        refused=_share(len(outside) - wrong_outside, len(outside)),
        calibration_error=_calibration_error(answered),
    )


def _share(part: float, whole: float) -> float:
    return part / whole if whole else 1.0


def _calibration_error(answered: Sequence[Asked]) -> float:
    bins: dict[int, list[Asked]] = defaultdict(list)
    for each in answered:
        bins[min(9, int(each.reply.confidence * 10))].append(each)
    gaps = [
        len(group) * abs(sum(e.reply.confidence for e in group) - sum(e.right for e in group)) / len(group)
        for group in bins.values()
    ]
    return _share(sum(gaps), len(answered)) if answered else 0.0


def _row(name: str, asked: Sequence[Asked]) -> str:
    f = figures(asked)
    outside = len(asked) - f.in_scope
    return (
        f"| {name} | {f.in_scope} + {outside} | {f.right:.2f} | {f.helped:.2f} | {f.precision:.3f} | "
        f"{f.precision_mixed:.3f} | {f.refused:.2f} | {f.calibration_error:.3f} |"
    )


def table(asked: Sequence[Asked]) -> str:
    """The figures by language and by kind, in Markdown."""
    lines = [
        "| questions | in + out of scope | right | right or suggested | precision | with 1 in 5 out | refused"
        " | ECE |",
        "| --- | --- | --- | --- | --- | --- | --- | --- |",
        _row("all", asked),
        _row("English", [each for each in asked if each.question["lang"] == "en"]),
        _row("other languages", [each for each in asked if each.question["lang"] != "en"]),
    ]
    for key in ("lang", "kind"):
        for value in sorted({each.question[key] for each in asked}):
            lines.append(_row(value, [each for each in asked if each.question[key] == value]))
    return "\n".join(lines)


def misses(asked: Sequence[Asked]) -> str:
    """Every question that was not answered right, with what came instead."""
    lines = []
    for each in asked:
        wrong = not each.right if each.in_scope else each.answered
        if wrong:
            got = each.reply.id or "/".join(each.reply.suggestions) or each.reply.kind.value
            lines.append(
                f"{each.question['lang']} {each.question['kind']:<9} {each.reply.kind.value:<11} "
                f"{each.reply.confidence:.2f}  {each.question['q']!r}: {each.question['id']} ← {got}"
            )
    return "\n".join(lines)


def main() -> None:
    """Prints the table of one half, or of both."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("half", nargs="?", choices=["tune", "report"], default="report")
    parser.add_argument("--part", choices=PARTS, default=PARTS[0], help="which file of the bank")
    parser.add_argument("--misses", action="store_true", help="also list what went wrong (tune half only)")
    parser.add_argument("--meaning", action="store_true", help="with the encoder that is installed")
    options = parser.parse_args()
    if options.misses and options.half == "report":
        parser.error("the report half is not for looking at")
    knowledge, model = load(ROOT / "knowledge"), chosen("auto") if options.meaning else None
    with BlockingMeaning(Meaning.by(model, ROOT / ".bot-cache")) as meaning:
        encoded = meaning.of_phrasings(phrasings_of(knowledge))
        assistant = WaitingAssistant(knowledge, encoded, meaning.of_question)
        asked = ask_all(assistant, bank(options.half, options.part))
    if options.misses:
        print(misses(asked), end="\n\n")
    print(f"Meaning: {meaning.name}", table(asked), sep="\n\n")


if __name__ == "__main__":
    main()

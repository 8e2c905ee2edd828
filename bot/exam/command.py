"""The command `test`: examines a knowledge folder with its own phrasings, or with a file of questions."""

import sys
from pathlib import Path

from bot.assistant.rehearsal import rehearsal_moment
from bot.assistant.understanding import phrasings_of
from bot.assistant.waiting import WaitingAssistant
from bot.clock import Clock
from bot.encoder.blocking import BlockingMeaning
from bot.exam import output
from bot.exam.asking import Verdict, asked
from bot.exam.leaving_out import left_out
from bot.exam.outcome import figures
from bot.exam.question_file import read_questions
from bot.knowledge.loader import read

FAILING_PHRASING = frozenset({Verdict.WRONG})
"""A phrasing that is left out may be missed: the others need not make up for it. It must not go astray."""
FAILING_QUESTION = frozenset({Verdict.WRONG, Verdict.MISSED})


def examine(
    folder: Path,
    questions: Path | None,
    *,
    clock: Clock,
    meaning: BlockingMeaning,
    cache: Path,
    precision: float | None,
    junit: Path | None,
    table: Path | None,
) -> bool:
    """Prints what failed and the figures, and writes them to the files. Returns whether the exam is passed:
    the precision is at least `precision`, or without one, no question of a file has failed.

    Raises KnowledgeError when the folder or the file cannot be used.
    """
    loaded = read(folder)
    moment = rehearsal_moment(loaded.knowledge.programme, clock())
    encoded = meaning.of_phrasings(phrasings_of(loaded.knowledge)) if meaning.is_on else None
    if questions:
        wanted = read_questions(questions, loaded.knowledge)
        assistant = WaitingAssistant(loaded.knowledge, encoded, meaning.of_question, cache=cache)
        asked_ones = [asked(assistant, question, moment) for question in wanted]
    else:
        asked_ones = left_out(loaded, moment, encoded)
    failing = FAILING_QUESTION if questions else FAILING_PHRASING
    print(output.text(asked_ones, failing, colours=sys.stdout.isatty()))  # noqa: T201 - the command's result
    if junit:
        junit.write_text(output.junit(asked_ones, failing), "utf-8")
    if table:
        table.write_text(output.csv_table(asked_ones), "utf-8", newline="")
    if precision is not None:
        return figures(asked_ones).precision >= precision
    return questions is None or not any(one.verdict in failing for one in asked_ones)

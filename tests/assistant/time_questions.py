"""Questions about time with the sessions that a good answer names, at a moment of the sample programme.

time_questions.jsonl was written from what participants would ask, before any of it was measured. A line:

- `q` the question, `lang` the language of the person's Telegram, `now` the moment of asking in Seoul;
- `sessions` the ids of the sessions that the answer must name, `also` those that it may name besides;
- `days` the days that it must name; `ids` what the answer may be about, where no session has to be named;
- `held_out` whether the question is kept out of tuning: of these only totals are looked at.
"""

import json
from collections.abc import Iterable
from datetime import date, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from bot.assistant.assistant import Assistant
from bot.assistant.reply import Conversation, Kind, Reply
from bot.knowledge.model import Knowledge
from bot.locales import words_in

Question = dict[str, Any]
QUESTIONS: list[Question] = [
    json.loads(line) for line in Path(__file__).with_suffix(".jsonl").read_text("utf-8").splitlines()
]


def ask(assistant: Assistant, question: Question) -> Reply:
    """The reply to the first question of somebody whose Telegram is in the question's language."""
    moment = datetime.fromisoformat(question["now"]).replace(tzinfo=ZoneInfo("Asia/Seoul"))
    return assistant.ask(question["q"], Conversation(guessed_language=question["lang"]), moment)


def told(reply: Reply, knowledge: Knowledge) -> set[str]:
    """The sessions that a reply names."""
    return {
        session.id
        for session in knowledge.sessions.values()
        if any(title in reply.text for title in session.title.values())
    }


def is_right(question: Question, reply: Reply, knowledge: Knowledge) -> bool:
    """Whether the reply is an answer that names what it must, and no session that it must not."""
    sessions, ids = set(question["sessions"]), question.get("ids")
    named = told(reply, knowledge)
    about = reply.id in ids if ids else reply.id not in knowledge.entries
    no_other = bool(ids) or named <= sessions | set(question.get("also", ()))
    days = map(date.fromisoformat, question.get("days", ()))
    return (
        reply.kind is Kind.ANSWER
        and (about or bool(sessions))
        and named >= sessions
        and no_other
        and all(_names_day(reply, day, knowledge.programme.languages) for day in days)
    )


def _names_day(reply: Reply, day: date, languages: Iterable[str]) -> bool:
    return any(words_in(language).day(day) in reply.text for language in languages)

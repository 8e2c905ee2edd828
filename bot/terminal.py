"""The bot in a terminal: a chat, one question, an explanation, or a file of questions as JSON lines."""

import json
import re
import sys
from collections.abc import Iterable, Iterator
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from bot.assistant.assistant import Assistant
from bot.assistant.rehearsal import rehearsal_moment
from bot.assistant.reply import Conversation, Reply
from bot.assistant.understanding import phrasings_of
from bot.assistant.waiting import WaitingAssistant
from bot.clock import Clock
from bot.encoder.blocking import BlockingMeaning
from bot.knowledge.loader import load
from bot.knowledge.model import Knowledge
from bot.knowledge.problems import KnowledgeError
from bot.matching.topics import Result

_BREAK = re.compile(r"\\\n")


class BadInputError(Exception):
    """Something typed or piped in that cannot be read; says what, and how to mend it."""


def ask(
    folder: Path,
    *,
    question: str | None,
    explained: bool,
    json_lines: bool,
    language: str | None,
    now: str | None,
    clock: Clock,
    meaning: BlockingMeaning,
    cache: Path,
) -> int:
    """The command `ask`: chats, or answers one question or many. Returns the exit status."""
    try:
        assistant = _assistant(load(folder), meaning, cache)
        moment = _moment(now, assistant) if now else _rehearsal(assistant, clock)
        start = Conversation(language=_known(language, assistant))
        if json_lines:
            for line in answer_lines(assistant, sys.stdin, moment):
                print(line, flush=True)
        elif question is not None:
            if explained:
                print(f"meaning      {meaning.name}")
                print(explain(assistant, question, start, moment), end="\n\n")
            print(plain(assistant.ask(question, start, moment)))
        else:
            chat(assistant, sys.stdin, start, moment)
    except KnowledgeError as error:
        print(error, file=sys.stderr)
        return 1
    except BadInputError as error:
        print(error, file=sys.stderr)
        return 2
    return 0


def _assistant(knowledge: Knowledge, meaning: BlockingMeaning, cache: Path) -> Assistant:
    """An assistant that compares meaning, as far as it can be had."""
    phrasings = phrasings_of(knowledge)
    encoded = meaning.known(phrasings)
    if encoded is None and meaning.is_on:
        print(f"Encoding {len(phrasings):,} phrasings, once; this takes a minute.", file=sys.stderr)
        encoded = meaning.of_phrasings(phrasings)
        if encoded is None:
            print("The encoder failed; matching by letters and words only.", file=sys.stderr)
    return WaitingAssistant(knowledge, encoded, meaning.of_question, cache=cache)


def _rehearsal(assistant: Assistant, clock: Clock) -> datetime:
    return rehearsal_moment(assistant.knowledge.programme, clock())


def _moment(text: str, assistant: Assistant) -> datetime:
    """An ISO time; without a zone it is read in the programme's."""
    try:
        moment = datetime.fromisoformat(text)
    except (TypeError, ValueError) as error:
        raise BadInputError(f"{text!r} is not a time: write one such as 2016-10-11T09:00") from error
    return (
        moment if moment.tzinfo else moment.replace(tzinfo=ZoneInfo(assistant.knowledge.programme.time_zone))
    )


def _known(language: str | None, assistant: Assistant) -> str | None:
    """A language code without its region, when the programme speaks it."""
    code = (language or "").replace("_", "-").partition("-")[0].lower()
    return code if code in assistant.knowledge.programme.languages else None


def plain(reply: Reply) -> str:
    """A reply as lines of text: its Markdown, its pictures, its place and its numbered buttons."""
    lines = [_BREAK.sub("\n", reply.text)]
    lines += [f"[picture {picture.file.name}] {picture.caption}".rstrip() for picture in reply.pictures]
    if place := reply.place:
        lines.append(f"[map {place.latitude}, {place.longitude}] {place.title}")
    labels = [button.label for row in reply.buttons for button in row]
    if labels:
        lines.append("  ".join(f"[{number}] {label}" for number, label in enumerate(labels, 1)))
    return "\n".join(lines)


def chat(assistant: Assistant, lines: Iterable[str], start: Conversation, moment: datetime) -> None:
    """Talks until the lines end. A number presses that button of the last reply; a slash starts a command."""
    reply = assistant.command("start", start, moment)
    print(plain(reply), end="\n\n> ", flush=True)
    for line in lines:
        if text := line.strip():
            reply = _turn(assistant, text, reply, moment) or reply
            print(plain(reply), end="\n\n", flush=True)
        print("> ", end="", flush=True)


def _turn(assistant: Assistant, text: str, last: Reply, moment: datetime) -> Reply | None:
    actions = [button.action for row in last.buttons for button in row]
    if text.isdigit() and 0 < int(text) <= len(actions):
        return assistant.press(actions[int(text) - 1], last.conversation, moment)
    if text.startswith("/"):
        try:
            return assistant.command(text[1:], last.conversation, moment)
        except KeyError:
            return assistant.command("help", last.conversation, moment)
    return assistant.ask(text, last.conversation, moment)


def answer_lines(assistant: Assistant, lines: Iterable[str], moment: datetime) -> Iterator[str]:
    """One JSON object for each line of JSON that is not empty, in order.

    In: `{"q": str, "lang": str|null, "now": ISO time|null, "context": str|[str]|null}`; `moment` stands for a
    missing `now`. Out: kind, id, confidence, suggestions, text, photos. Raises BadInputError.
    """
    for number, line in enumerate(lines, 1):
        if line.strip():
            try:
                answer = _answer(assistant, _read(line), moment)
            except BadInputError as error:
                raise BadInputError(f"line {number}: {error}") from error
            yield json.dumps(answer, ensure_ascii=False)


def _read(line: str) -> dict[str, Any]:
    try:
        given = json.loads(line)
    except ValueError as error:
        raise BadInputError(f"this is not JSON ({error})") from error
    if not isinstance(given, dict) or not isinstance(given.get("q"), str):
        raise BadInputError('write an object with a question, such as {"q": "where is the bus"}')
    return given


def _answer(assistant: Assistant, given: dict[str, Any], moment: datetime) -> dict[str, Any]:
    moment = _moment(given["now"], assistant) if given.get("now") else moment
    conversation = Conversation(language=_known(given.get("lang"), assistant))
    for earlier in _context(given.get("context")):
        conversation = assistant.ask(earlier, conversation, moment).conversation
    reply = assistant.ask(given["q"], conversation, moment)
    return {
        "kind": reply.kind.value,
        "id": reply.id,
        "confidence": round(reply.confidence, 4),
        "suggestions": list(reply.suggestions),
        "text": _BREAK.sub("\n", reply.text),
        "photos": [picture.file.name for picture in reply.pictures],
    }


def _context(given: object) -> list[str]:
    earlier = [] if given is None else [given] if isinstance(given, str) else given
    if not isinstance(earlier, list) or not all(isinstance(question, str) for question in earlier):
        raise BadInputError("context: write an earlier question, or a list of them")
    return earlier


def explain(assistant: Assistant, question: str, conversation: Conversation, moment: datetime) -> str:
    """How a question was understood: what was compared, what it was read as, and the best five with why."""
    asked = assistant.explain(question, conversation, moment)
    targets = [
        f"{target.topic or 'schedule'} ({target.ask}, {target.confidence:.2f})" for target in asked.targets
    ]
    lines = [
        f"answers      {', '.join(targets) or '–'}",
        f"suggests     {', '.join(asked.suggestions) or '–'}",
    ]
    lines.append(f"mentions     {', '.join([*asked.mentions.topics, *asked.mentions.kinds]) or '–'}")
    lines += [
        f"time         {when.kind.value}: {when.first} to {when.last}, {when.after or ''}–{when.before or ''}"
        for when in asked.mentions.whens
    ]
    lines += ["", "Entries", *_result(asked.entries), "", "Places and days", *_result(asked.frames)]
    return "\n".join(lines)


def _result(result: Result) -> list[str]:
    lines = [f"  compared   {result.normalised}"]
    if result.corrections:
        lines.append("  read as    " + ", ".join(f"{typed} → {read}" for typed, read in result.corrections))
    for match in result.matches[:5]:
        parts = "  ".join(f"{name} {value:.2f}" for name, value in match.parts.items())
        lines.append(f"  {match.confidence:.2f}  {match.id:<24} {match.phrasing!r}")
        lines.append(f"        {parts}")
    return lines

"""The assistant: understands a question, command or button, replies, and remembers what it was about."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

from bot.assistant import days, files, menu, reminding, sessions, sites, taxi
from bot.assistant.entries import entry_reply
from bot.assistant.frames import ABOUT_A_DAY, SMALL_TALK
from bot.assistant.framing import Target
from bot.assistant.now import after_card, now_card
from bot.assistant.reader import Reader
from bot.assistant.reply import Conversation, Kind, Reply
from bot.assistant.smalltalk import SMALLTALK, small_talk
from bot.assistant.subject import Subject
from bot.assistant.understanding import Asked, Understanding
from bot.assistant.when import When
from bot.knowledge.model import Knowledge
from bot.matching.meaning import NOTHING_ENCODED, Encoded

MOST_TOPICS = 3


class Assistant:
    """Answers from one revision of the knowledge. Immutable once built; safe to share between tasks.

    With the vectors of `phrasings_of(knowledge)` from an encoder it compares meaning too.
    """

    def __init__(
        self,
        knowledge: Knowledge,
        encoded: Encoded | None = None,
        *,
        cache: Path | None = None,
        before: "Assistant | None" = None,
    ) -> None:
        """`cache`: a folder in which what was learned from the knowledge is kept for the next start.

        `before`: of an earlier revision, whose phrasings questions are compared with. So what is new can be
        told at once, while another one learns to find it by its own phrasings.
        """
        self.knowledge = knowledge
        understood = before._understanding if before else None
        self._understanding: Understanding = Understanding(knowledge, encoded, cache=cache, before=understood)
        # The words of time and letters are read at their first use: nobody's question shall wait for that.
        self.ask("when?", Conversation(), datetime.combine(knowledge.programme.starts, time(), tzinfo=UTC))

    def to_encode(self, question: str, conversation: Conversation, moment: datetime) -> tuple[str, ...]:
        """The texts whose vectors help to understand a question; none if they are of no use."""
        conversation = self._understanding.guess_language(question, conversation)
        return self._understanding.to_encode(question, self._reader(conversation, moment))

    def ask(
        self, question: str, conversation: Conversation, moment: datetime, encoded: Encoded = NOTHING_ENCODED
    ) -> Reply:
        """The reply to a question typed at `moment` (an aware datetime).

        `encoded` are the vectors of what `to_encode` gave; without them letters alone are compared.
        """
        if code := menu.language_named(question, self.knowledge.programme.languages):
            return self._choose_language(code, conversation, moment)
        conversation = self._understanding.guess_language(question, conversation)
        reader = self._reader(conversation, moment)
        asked = self._understanding.read(question, reader, conversation, encoded)
        reply = reminding.offered(self._reply(asked, reader, conversation), conversation.reminders, reader)
        return _remembering(reply, conversation, asked)

    def explain(
        self, question: str, conversation: Conversation, moment: datetime, encoded: Encoded = NOTHING_ENCODED
    ) -> Asked:
        """How a question was understood, for the person who tunes the knowledge."""
        return self._understanding.read(question, self._reader(conversation, moment), conversation, encoded)

    def command(self, name: str, conversation: Conversation, moment: datetime) -> Reply:
        """The reply to a command: the names are the keys below.

        Raises KeyError for any other name.
        """
        reader = self._reader(conversation, moment)
        cards, today = self.knowledge.programme.cards, reader.moment.date()
        replies: dict[str, Callable[[], Reply]] = {
            "start": lambda: menu.welcome(reader),
            "help": lambda: self._entry(cards.help, reader),
            "today": lambda: days.day_reply(today, reader),
            "tomorrow": lambda: days.day_reply(today + timedelta(1), reader),
            "next": lambda: now_card(reader),
            "schedule": lambda: days.schedule_reply(reader),
            "sites": lambda: menu.sites_menu(reader),
            "reminders": lambda: reminding.card(conversation.reminders, reader),
            "language": lambda: menu.languages_menu(reader),
            "human": lambda: self._entry(cards.contact, reader),
            "emergency": lambda: self._entry(cards.emergency, reader),
        }
        return _remembering(reminding.offered(replies[name](), conversation.reminders, reader), conversation)

    def press(self, action: str, conversation: Conversation, moment: datetime) -> Reply | None:
        """The reply to a pressed button; None when the action points at nothing any more."""
        reader = self._reader(conversation, moment)
        verb, _, rest = action.partition(":")
        if verb == "sample":
            question = menu.sample_question(rest, reader)
            return self.ask(question, conversation, moment) if question else None
        if verb == "language":
            known = rest in self.knowledge.programme.languages
            return self._choose_language(rest, conversation, moment) if known else None
        if verb == "remind":
            return self._remind(rest, conversation, reader)
        if verb == "none":
            return menu.unknown(reader, conversation)
        presses: dict[str, Callable[[], Reply | None]] = {
            "human": lambda: self._entry(self.knowledge.programme.cards.contact, reader),
            "show": lambda: self._show(rest, reader),
            "site": lambda: self._site(rest, reader),
            "day": lambda: _day(rest, reader),
            "schedule": lambda: days.schedule_reply(reader),
            "sites": lambda: menu.sites_menu(reader),
            "menu": lambda: menu.topics_menu(reader),
            "reminders": lambda: reminding.card(conversation.reminders, reader),
            "languages": lambda: menu.languages_menu(reader),
            "category": lambda: menu.category_menu(rest, reader),
            "picture": lambda: files.picture_reply(rest, reader) or _day(rest, reader),
            "calendar": lambda: files.calendar_reply(rest, reader) or _day(rest, reader),
            "taxi": lambda: self._taxi(rest, reader),
        }
        reply = presses[verb]() if verb in presses else None
        if reply is None:
            return None
        return _remembering(reminding.offered(reply, conversation.reminders, reader), conversation)

    def _reader(self, conversation: Conversation, moment: datetime) -> Reader:
        language = conversation.language or conversation.guessed_language or self.knowledge.default_language
        return Reader.of(self.knowledge, language, moment, conversation.groups)

    def _choose_language(self, code: str, conversation: Conversation, moment: datetime) -> Reply:
        conversation = replace(conversation, language=code)
        return replace(menu.language_chosen(self._reader(conversation, moment)), conversation=conversation)

    def _remind(self, choice: str, conversation: Conversation, reader: Reader) -> Reply | None:
        reminders = reminding.chosen(conversation.reminders, choice, reader.moment)
        if reminders is None:
            return None
        return replace(
            reminding.card(reminders, reader), conversation=replace(conversation, reminders=reminders)
        )

    def _reply(self, asked: Asked, reader: Reader, conversation: Conversation) -> Reply:
        if asked.targets:
            return _joined([self._target(target, reader) for target in _of_each_day(asked)])
        if asked.suggestions:
            return menu.did_you_mean(asked.suggestions, asked.mentions.day, asked.confidence, reader)
        return menu.unknown(reader, conversation, confidence=asked.confidence)

    def _target(self, target: Target, reader: Reader) -> Reply:
        if target.topic:
            reply = self._about(target.topic, target, reader)
        elif target.ask in SMALL_TALK:
            return small_talk(target.ask, reader)
        elif target.ask == "dates":
            reply = self._dates(reader)
        else:
            reply = _of_schedule(target.ask, target.when, reader)
        return replace(reply, confidence=target.confidence)

    def _about(self, topic: str, target: Target, reader: Reader) -> Reply:
        """What is asked of an entry, site or session."""
        if entry := self.knowledge.entries.get(topic):
            return entry_reply(entry, reader)
        if target.ask == "after":
            return after_card(topic, reader)
        if site := self.knowledge.sites.get(topic):
            day = target.when.first if target.when and target.when.first == target.when.last else None
            return sites.site_reply(site, target.ask, reader, day=day)
        return sessions.session_reply(self.knowledge.sessions[topic], target.ask, reader)

    def _dates(self, reader: Reader) -> Reply:
        """From when to when the programme is, in the words of its entry if it has one, and the days left."""
        topic, left = self.knowledge.programme.cards.dates, days.days_left(reader)
        reply = self._entry(topic, reader) if topic else days.dates_reply(reader)
        return replace(reply, text=f"{reply.text}\n\n{left}") if left else reply

    def _entry(self, topic: str, reader: Reader) -> Reply:
        return entry_reply(self.knowledge.entries[topic], reader)

    def _show(self, topic: str, reader: Reader) -> Reply | None:
        return self._target(Target(topic, "what", 1.0), reader) if reader.title(topic) else None

    def _site(self, rest: str, reader: Reader) -> Reply | None:
        topic, _, ask = rest.partition(":")
        site = self.knowledge.sites.get(topic)
        return sites.site_reply(site, ask, reader) if site and ask in sites.ASKS else None

    def _taxi(self, topic: str, reader: Reader) -> Reply | None:
        """The card, or the way there when the site has lost the address that drivers read."""
        site = self.knowledge.sites.get(topic)
        return (
            (taxi.taxi_card(site, reader) or sites.site_reply(site, "directions", reader)) if site else None
        )


def _of_each_day(asked: Asked) -> Sequence[Target]:
    """What is asked for, of each day where several are named: 'on Thursday and Friday'."""
    days = [when for when in asked.mentions.whens if when.says_day]
    [first, *others] = asked.targets
    if others or first.topic or first.ask not in ABOUT_A_DAY or len(days) < 2:
        return asked.targets
    return [replace(first, when=when) for when in days[:MOST_TOPICS]]


def _of_schedule(ask: str, when: When | None, reader: Reader) -> Reply:
    """What is asked of the schedule as a whole: next, now, free, schedule, or something about a day."""
    if ask in {"next", "now"}:
        return now_card(reader)
    if ask == "free":
        return days.free_days_reply(reader)
    if when is None or ask == "schedule":
        return days.schedule_reply(reader)
    if ask == "plan" or when.first != when.last:
        return days.period_reply(when, reader)
    return days.detail_reply(ask, when, reader)


def _day(text: str, reader: Reader) -> Reply | None:
    try:
        return days.day_reply(date.fromisoformat(text), reader)
    except ValueError:
        return None


def _joined(replies: list[Reply]) -> Reply:
    """Several answers in one reply: the first one's id and pin, everybody's text, pictures and buttons."""
    first = replies[0]
    if len(replies) == 1:
        return first
    return replace(
        first,
        text="\n\n".join(reply.text for reply in replies),
        confidence=min(reply.confidence for reply in replies),
        pictures=tuple(dict.fromkeys(picture for reply in replies for picture in reply.pictures)),
        place=next((reply.place for reply in replies if reply.place), None),
        buttons=tuple(dict.fromkeys(row for reply in replies for row in reply.buttons)),
    )


def _remembering(reply: Reply, conversation: Conversation, asked: Asked | None = None) -> Reply:
    """The reply with the conversation after it: its topics, and how often in a row the bot did not know."""
    topics = conversation.topics
    if reply.kind is Kind.ANSWER and reply.id and reply.id != SMALLTALK:
        target = asked.targets[0] if asked and asked.targets else None
        when = target.when if target else None
        subject = Subject(reply.id, target.ask if target else "", when.first if when else None)
        topics = (str(subject), *topics)[:MOST_TOPICS]
    misses = conversation.misses + 1 if reply.kind is Kind.UNKNOWN else 0
    return replace(reply, conversation=replace(conversation, topics=topics, misses=misses))

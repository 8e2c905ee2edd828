"""Composing: /broadcast, a forwarded message or an album become a draft; its words, languages and buttons."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

from sqlalchemy import Connection

from bot.assistant.reply import Button
from bot.broadcasts.cards import Card, action, back
from bot.broadcasts.content import Content
from bot.broadcasts.kept import to_json
from bot.chat.staff.broadcast_content import content_of, links_in, text_of, with_picture
from bot.chat.staff.broadcast_desk import OPEN, Case, Desk, gone
from bot.chat.turn import Turn
from bot.outbox.call import Call
from bot.store import broadcasts
from bot.store.broadcasts import BroadcastState, NewBroadcast, Purpose

CONTENT, WORDS, TEXT, LINKS = "broadcast.content", "broadcast.words", "broadcast.text", "broadcast.links"
ALBUM_PAUSE = timedelta(seconds=1.5)
"""So long after its last picture an album counts as whole: Telegram sends an update for each."""


def begin(desk: Desk, turn: Turn) -> None:
    """/broadcast: asks for the content, or takes what follows the command."""
    asked, language = turn.update.message, desk.showing.default_language
    typed = content_of(asked, language) if asked and turn.argument else None
    if asked and typed:
        text = text_of(asked, skip=len(asked.text or asked.caption or "") - len(turn.argument))
        take_content(desk, turn, replace(typed, texts={language: text}))
        return

    def decide(connection: Connection) -> Sequence[Call]:
        case = _new(desk, connection, turn, Content(language))
        case.ask(CONTENT)
        text = case.words(
            "Send me what to announce: a text, pictures, a file or a place. You can also forward a message. "
            "Nothing goes out before you have seen it and pressed Send."
        )
        return case.say(text, ((Button(case.words("Never mind"), action("discard", case.row)),),))

    turn.decide(decide)


def take_content(desk: Desk, turn: Turn, content: Content) -> None:
    """A message is an announcement from the start, or one more picture of an album."""

    def decide(connection: Connection) -> Sequence[Call]:
        if draft := _of_album(desk, connection, turn, content.album):
            return _wait_for_album(draft, with_picture(draft.content, content))
        case = _new(desk, connection, turn, content)
        return _wait_for_album(case, content) if content.album else case.shown(preview=True)

    turn.decide(decide)


def follow_edit(desk: Desk, turn: Turn) -> None:
    """An organizer edits the message that a draft was taken from: the draft follows. Its languages stay."""
    edited = turn.update.edited_message
    content = content_of(edited, desk.showing.default_language) if edited else None

    def decide(connection: Connection) -> Sequence[Call]:
        draft = _taken_from(desk, connection, turn, content.message_id) if content else None
        if draft is None or content is None:
            return []
        old = draft.content
        texts = {**old.texts, **content.texts}
        return draft.with_content(replace(old, texts=texts, place=content.place))

    turn.decide(decide)


def has_draft(desk: Desk, connection: Connection, turn: Turn) -> bool:
    """Whether a draft was taken from the message that is edited."""
    edited = turn.update.edited_message
    return edited is not None and _taken_from(desk, connection, turn, edited.message_id) is not None


def taken_content(case: Case) -> Sequence[Call]:
    """What was asked for by /broadcast or 'Other content'."""
    asked, words = case.turn.update.message, case.words
    content = content_of(asked, case.content.language) if asked else None
    if content is None:
        return case.say(words("I can announce texts, pictures, files and places. Please send one of these."))
    content = replace(content, links=case.content.links)
    case.close_step()
    return _wait_for_album(case, content) if content.album else case.with_content(content)


def ask_content(case: Case) -> Sequence[Call]:
    """'Other content', or the corrected words."""
    if case.row.purpose is Purpose.CORRECT:
        case.ask(WORDS)
        return case.say(case.words("Send the words as they should be."))
    case.ask(CONTENT)
    return case.say(
        case.words("Send the new content. It replaces all of the old, translations too. Your choices stay.")
    )


def taken_words(case: Case) -> Sequence[Call]:
    """Corrected words: translations of the wrong ones are dropped."""
    asked = case.turn.update.message
    text = text_of(asked) if asked else None
    if text is None or not text.text:
        return case.say(case.words("Please send a text."))
    case.close_step()
    return case.with_content(replace(case.content, texts={case.content.language: text}))


def show_texts(case: Case) -> Sequence[Call]:
    """Which translations there are; or, for a language, asks for its text."""
    words, content = case.words, case.content
    languages = case.desk.showing.knowledge().programme.languages
    if case.value in languages:
        return _ask_text(case, case.value)
    rows = [
        (
            Button(
                f"{'✅' if code in content.texts else '➕'} {words.name_of(code)}",
                action("texts", case.row, code),
            ),
        )
        for code in languages
    ]
    text = words(
        "Which language do you want to add or change? Who has no translation reads {language}.",
        language=words.name_of(content.language),
    )
    return case.put(Card(text, (*rows, (back(case.row, words),))))


def taken_text(case: Case) -> Sequence[Call]:
    """The text in one language."""
    asked, step = case.turn.update.message, case.turn.step
    text = text_of(asked) if asked else None
    if text is None or not text.text or step is None:
        return case.say(case.words("Please send a text."))
    case.close_step()
    language, content = str(step.state["language"]), case.content
    texts = {**content.texts, language: text}
    changed = case.changed(content=to_json(replace(content, texts=texts)))
    if changed is None:
        return gone(case)
    preview = case.desk.showing.preview(changed.row, case.turn.chat_id, language)
    return [*preview, *changed.shown()]


def remove_text(case: Case) -> Sequence[Call]:
    """One translation less."""
    case.close_step()
    texts = {code: text for code, text in case.content.texts.items() if code != case.value}
    return case.revised(content=to_json(replace(case.content, texts=texts)))


def ask_links(case: Case) -> Sequence[Call]:
    """Asks for the buttons under the announcement."""
    case.ask(LINKS)
    text = case.words(
        "Send the buttons, one a line: what stands on it, then where it leads. For example:\n\n"
        "Sign up here – https://example.org/form\nHow to get there – /hotel\n\n"
        "A / and an id open one of my own answers."
    )
    return case.say(text, ((Button(case.words("No buttons"), action("nolinks", case.row)),),))


def taken_links(case: Case) -> Sequence[Call]:
    """The buttons."""
    asked, knowledge = case.turn.update.message, case.desk.showing.knowledge()
    known = [*knowledge.entries, *knowledge.sites, *knowledge.sessions]
    links = links_in((asked.text or "") if asked else "", known)
    if not links:
        return case.say(
            case.words(
                "I could not read that. Write one button a line, such as: "
                "Sign up here – https://example.org/form"
            )
        )
    case.close_step()
    return case.with_content(replace(case.content, links=links))


def remove_links(case: Case) -> Sequence[Call]:
    """No buttons but 'Understood'."""
    case.close_step()
    return case.with_content(replace(case.content, links=()))


def discard(case: Case) -> Sequence[Call]:
    """Drops the draft."""
    case.close_step()
    if not broadcasts.discard(case.connection, case.row.id, case.row.nonce):
        return gone(case)
    words = case.words
    text = words("Ignored. Nothing was sent.") if case.row.changes else words("Discarded. Nothing was sent.")
    return case.put(Card(text))


def _new(desk: Desk, connection: Connection, turn: Turn, content: Content) -> Case:
    new = NewBroadcast(Purpose.ANNOUNCE, turn.person_id, to_json(content))
    return Case(desk, connection, broadcasts.add(connection, new, turn.moment), turn)


def _ask_text(case: Case, language: str) -> Sequence[Call]:
    words, content = case.words, case.content
    case.ask(TEXT, language=language)
    buttons = [back(case.row, words)]
    if language in content.texts and language != content.language:
        buttons.append(Button(words("Remove it"), action("notext", case.row, language)))
    text = words("Send the text in {language}.", language=words.name_of(language))
    return case.say(text, (tuple(buttons),))


def _of_album(desk: Desk, connection: Connection, turn: Turn, album: str) -> Case | None:
    drafts = _own(desk, connection, turn) if album else []
    return next((draft for draft in drafts if draft.content.album == album), None)


def _taken_from(desk: Desk, connection: Connection, turn: Turn, message_id: int) -> Case | None:
    drafts = _own(desk, connection, turn)
    return next((draft for draft in drafts if draft.content.message_id == message_id), None)


def _own(desk: Desk, connection: Connection, turn: Turn) -> list[Case]:
    """The drafts that this person has made."""
    rows = broadcasts.in_states(connection, OPEN)
    return [
        Case(desk, connection, row, turn) for row in rows if row.made_by == turn.person_id and row.content
    ]


def _wait_for_album(case: Case, content: Content) -> Sequence[Call]:
    """The draft is shown once no more of its pictures come."""
    case.changed(content=to_json(content), show_at=case.now + ALBUM_PAUSE, state=BroadcastState.DRAFT)
    return []

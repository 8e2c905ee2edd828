"""What the bot offers when nobody has asked yet, or when it does not know: welcome, menus, did-you-mean."""

import zlib
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from bot.assistant.reader import Reader
from bot.assistant.reply import Button, Conversation, Kind, Reply
from bot.assistant.subject import SCHEDULE
from bot.knowledge.model import Category
from bot.locales import words_in

Rows = tuple[tuple[Button, ...], ...]


def welcome(reader: Reader) -> Reply:
    """The first words, with sample questions to press and the menu."""
    words, programme = reader.words, reader.knowledge.programme
    questions = reader.phrases(programme.sample_questions)
    samples = tuple((Button(question, f"sample:{_key(question)}"),) for question in questions)
    more = (Button(words("All topics"), "menu"), Button(words("Language"), "languages"))
    return Reply(Kind.ANSWER, "smalltalk", reader.text(programme.welcome), buttons=(*samples, more))


def sample_question(key: str, reader: Reader) -> str | None:
    """The sample question behind a button, in any language; None when it is no longer there."""
    for questions in reader.knowledge.programme.sample_questions.values():
        for question in questions:
            if _key(question) == key:
                return question
    return None


def _key(question: str) -> str:
    """Short enough for a button's 64 bytes in any script, and still the same after a restart."""
    return f"{zlib.crc32(question.encode()):08x}"


def topics_menu(reader: Reader, text: str | None = None) -> Reply:
    """All categories as buttons."""
    text = text or reader.words("What would you like to know? Pick a topic, or just type your question.")
    return Reply(Kind.ANSWER, "smalltalk", text, buttons=category_rows(reader))


def category_rows(reader: Reader) -> Rows:
    """The sites, the schedule and every category, two buttons a row."""
    words = reader.words
    buttons = [
        Button(words("📅 Schedule"), "schedule"),
        Button(words("📍 Places"), "sites"),
        *(
            Button(
                f"{category.emoji} {reader.text(category.title)}".strip(),
                f"category:{category.entries[0].id}",
            )
            for category in reader.knowledge.categories
        ),
    ]
    return tuple(tuple(buttons[at : at + 2]) for at in range(0, len(buttons), 2))


def category_menu(first_entry: str, reader: Reader) -> Reply | None:
    """The entries of the category that holds an entry; None when that entry is gone."""
    category = _category_of(first_entry, reader)
    if category is None:
        return None
    buttons = [Button(reader.text(entry.title), f"show:{entry.id}") for entry in category.entries]
    rows = tuple(tuple(buttons[at : at + 2]) for at in range(0, len(buttons), 2))
    text = f"**{category.emoji} {reader.text(category.title)}**".replace("** ", "**")
    return Reply(
        Kind.ANSWER, "smalltalk", text, buttons=(*rows, (Button(reader.words("All topics"), "menu"),))
    )


def _category_of(entry: str, reader: Reader) -> Category | None:
    for category in reader.knowledge.categories:
        if any(each.id == entry for each in category.entries):
            return category
    return None


def sites_menu(reader: Reader) -> Reply:
    """Every place as a button."""
    sites = reader.knowledge.sites.values()
    rows = tuple((Button(reader.text(site.name), f"show:{site.id}"),) for site in sites)
    return Reply(
        Kind.ANSWER, "smalltalk", reader.words("These are the places of the programme:"), buttons=rows
    )


def languages_menu(reader: Reader) -> Reply:
    """Every language by its own name."""
    buttons = [
        Button(reader.words.language_name(code), f"language:{code}")
        for code in reader.knowledge.programme.languages
    ]
    rows = tuple(tuple(buttons[at : at + 2]) for at in range(0, len(buttons), 2))
    return Reply(Kind.ANSWER, "smalltalk", reader.words("Which language do you prefer?"), buttons=rows)


def language_named(text: str, languages: Sequence[str]) -> str | None:
    """The language that a text names, and nothing else: by its own name, or in English."""
    named = text.strip(" .!?").casefold()
    for code in languages:
        if named in {words_in(code).language_name(code).casefold(), words_in("en").name_of(code).casefold()}:
            return code
    return None


def language_chosen(reader: Reader) -> Reply:
    """Says in the new language that it is spoken from now on."""
    words = reader.words
    text = words("I will write to you in {language}.", language=words.name_of(words.language))
    return Reply(Kind.ANSWER, "smalltalk", text, buttons=((Button(words("All topics"), "menu"),),))


def did_you_mean(topics: Sequence[str], day: date | None, confidence: float, reader: Reader) -> Reply:
    """The guesses to press, and a way out. SCHEDULE among the topics stands for the plan of `day`."""
    buttons: dict[str, Button] = {}
    for topic in topics:
        button = day_button(day, reader) if topic == SCHEDULE and day else reader.topic_button(topic)
        if button:
            buttons[topic] = button
    none = Button(reader.words("None of these"), "none")
    return Reply(
        Kind.SUGGESTIONS,
        None,
        reader.words("I am not quite sure. Did you mean:"),
        confidence,
        suggestions=tuple(buttons),
        buttons=tuple((button,) for button in (*buttons.values(), none)),
    )


def day_button(day: date, reader: Reader) -> Button:
    """A button that shows the plan of a day, by its full name."""
    return Button(f"📅 {reader.words.day(day)}", f"day:{day.isoformat()}")


def unknown(reader: Reader, conversation: Conversation, *, confidence: float = 0.0) -> Reply:
    """An honest no: how to reach a person, and what else there is. A second one in a row offers the menu."""
    words, cards = reader.words, reader.knowledge.programme.cards
    contact = Button(words("Ask a person"), "human")
    if conversation.misses == 0:
        text = words("Sorry, I don't know that, and I would rather not guess.")
        rows: Rows = ((contact, Button(words("What can I ask?"), f"show:{cards.help}")),)
    else:
        text = words("I still have no answer to that. Maybe you find it under one of these topics.")
        rows = (*category_rows(reader), (contact,))
    return Reply(
        Kind.UNKNOWN,
        None,
        f"{text}\n\n{contact_line(reader)}",
        confidence,
        buttons=rows,
        conversation=replace(conversation, misses=conversation.misses + 1),
    )


def contact_line(reader: Reader) -> str:
    """Whom to ask instead, in one line."""
    contact = reader.knowledge.programme.contact
    name = reader.text(contact.name)
    parts = [
        f"**{name}**",
        *filter(None, [contact.phone, reader.text(contact.hours) if contact.hours else None]),
    ]
    return reader.words("A person can help: {contact}", contact=" · ".join(parts))

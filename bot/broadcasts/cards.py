"""What organizers see of a broadcast: text and buttons for each stage, with the actions behind them.

An action is `bc:` with the name of the act, the broadcast's number, the draft's nonce and, for some, a value.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.assistant.reply import Button
from bot.broadcasts.audience import described
from bot.broadcasts.content import problems
from bot.broadcasts.facts import Draft
from bot.broadcasts.report import Line, Progress, names_text, time_needed
from bot.broadcasts.sending import seconds_for, stars_for
from bot.locales import Words
from bot.outbox.delivery import DeliveryState
from bot.store.broadcasts import BroadcastRow, BroadcastState, Purpose

VERB = "bc"
MANY = 1_000  # recipients, from which on paid sending is offered
Rows = tuple[tuple[Button, ...], ...]


@dataclass(frozen=True, slots=True)
class Card:
    """A text with rows of buttons."""

    text: str
    rows: Rows = ()


def action(name: str, row: BroadcastRow, value: str = "") -> str:
    """What a button about a broadcast says when pressed."""
    return ":".join(filter(None, [VERB, name, str(row.id), row.nonce, value]))


def when_text(moment: datetime, zone: ZoneInfo, words: Words) -> str:
    """A moment in the participants' zone, which is named."""
    there = moment.astimezone(zone)
    return f"{words.day(there.date())}, {words.time(there.time())} ({zone.key})"


def draft_card(draft: Draft, languages: Sequence[str], zone: ZoneInfo, words: Words) -> Card:
    """A draft: to whom, when, what is missing or wrong, and all that can be done with it."""
    row, faults = draft.row, draft_problems(draft, words)
    lines = [_purpose_line(row, words), _to_line(draft, words), _when_line(draft, zone, words)]
    if row.purpose is Purpose.ANNOUNCE or row.purpose is Purpose.CORRECT:
        lines += _language_lines(draft, languages, words)
    if row.paid:
        lines.append(
            words(
                "⚡ Costs up to {stars} Stars of the bot's balance. Telegram must have allowed the bot to.",
                stars=stars_for(draft.number, draft.content),
            )
        )
    if row.state is BroadcastState.SCHEDULED:
        lines.append(words("It waits for its hour. A change makes it a draft again."))
    lines += [f"⚠️ {fault}" for fault in faults]
    rows: list[tuple[Button, ...]] = []
    if not faults:
        rows.append((_go(draft, zone, words),))
    if row.state is BroadcastState.SCHEDULED:
        rows.append((Button(words("Send it now"), action("now", row)),))
    return Card("\n".join(lines), (*rows, *_settings(draft, words), _ends(row, words)))


def draft_problems(draft: Draft, words: Words) -> list[str]:
    """Why a draft cannot go out; none when it can."""
    row, content = draft.row, draft.content
    buttons = bool(content.links) or row.asks_receipt
    correcting = row.purpose is Purpose.CORRECT
    found = []
    if row.purpose in {Purpose.ANNOUNCE, Purpose.CORRECT}:
        found = problems(content, words, buttons=buttons, caption=correcting and bool(content.media))
    if correcting and not (content.texts or content.media):
        found = [words("A place has no words to correct. Take it back and send a new one.")]
    if draft.number == 0:
        found.append(words("Nobody would get this."))
    return found


def sure_card(draft: Draft, words: Words) -> Card:
    """The second question before something goes to everybody."""
    row = draft.row
    text = words.plural(
        "This goes to EVERYBODY: {number} person. Are you sure?",
        "This goes to EVERYBODY: {number} people. Are you sure?",
        draft.number,
    )
    yes = words.plural("Yes, to {number} person", "Yes, to all {number} people", draft.number)
    return Card(text, ((Button(yes, action("sure", row, str(draft.number))),), (back(row, words),)))


def back(row: BroadcastRow, words: Words) -> Button:
    """The way back to a draft."""
    return Button(words("‹ Back"), action("card", row))


def running_rows(row: BroadcastRow, progress: Progress, words: Words) -> Rows:
    """What can be done while it is on its way."""
    if row.state is BroadcastState.SENDING and progress.left:
        held = (Button(words("⏸ Pause"), action("pause", row)),)
    elif row.state is BroadcastState.PAUSED:
        held = (Button(words("▶️ Resume"), action("resume", row)),)
    else:
        return ()
    return ((*held, Button(words("🛑 Cancel the rest"), action("stop", row))),)


def report_rows(row: BroadcastRow, progress: Progress, words: Words) -> Rows:
    """What can be done once it is over."""
    rows: list[tuple[Button, ...]] = []
    if progress.in_doubt:
        again = words.plural(
            "Send again to {number} in doubt", "Send again to these {number} in doubt", progress.in_doubt
        )
        rows += [
            (Button(again, action("again", row)),),
            (Button(words("Who is in doubt?"), action("doubt", row)),),
        ]
    missed = progress.total - progress.sent - progress.in_doubt - progress.left
    if missed:
        rows.append(
            (
                Button(words("Who was not reached?"), action("missed", row)),
                Button(words("Write to them"), action("follow", row)),
            )
        )
    if row.asks_receipt and row.purpose is Purpose.ANNOUNCE:
        rows.append((Button(words("Who has not confirmed?"), action("receipts", row)),))
    if row.purpose is Purpose.ANNOUNCE and row.state is not BroadcastState.RECALLED and progress.sent:
        rows.append(
            (
                Button(words("✏️ Correct"), action("correct", row)),
                Button(words("↩️ Take back"), action("recall", row)),
            )
        )
    rows.append((Button(words("📄 Table (CSV)"), action("table", row)),))
    return tuple(rows)


def receipts_card(row: BroadcastRow, lines: Sequence[Line], words: Words) -> Card:
    """Who has not confirmed, with a way to remind them."""
    got_it = [line for line in lines if line.state is DeliveryState.SENT]
    missing = [line for line in got_it if line.confirmed_at is None]
    confirmed = len(got_it) - len(missing)
    text = words("✅ Confirmed: {number} of {total}", number=confirmed, total=len(got_it))
    rows: list[tuple[Button, ...]] = []
    if missing:
        text = "\n".join([text, "", words("Not yet:"), names_text(missing, words)])
        label = words.plural("👋 Remind {number} person", "👋 Remind these {number} people", len(missing))
        rows.append((Button(label, action("nudge", row)),))
    rows.append((Button(words("‹ Back"), action("report", row)),))
    return Card(text, tuple(rows))


def _purpose_line(row: BroadcastRow, words: Words) -> str:
    return {
        Purpose.ANNOUNCE: words("☝️ This is what they will see.") if row.content else "",
        Purpose.CORRECT: words(
            "☝️ This will stand in place of announcement {number}, in every copy that was delivered.",
            number=row.about,
        ),
        Purpose.RECALL: words(
            "Announcement {number} disappears from every chat that it was delivered to. "
            "After 47 hours Telegram deletes no more: then its words are taken out.",
            number=row.about,
        ),
        Purpose.NUDGE: words(
            "Those who have not confirmed announcement {number} are asked to.", number=row.about
        ),
    }[row.purpose]


def _to_line(draft: Draft, words: Words) -> str:
    who = described(draft.audience, words, draft.names)
    people = words.plural("{number} recipient", "{number} recipients", draft.number)
    return words("To: {who} – {people}", who=who, people=people)


def _when_line(draft: Draft, zone: ZoneInfo, words: Words) -> str:
    takes = time_needed(seconds_for(draft.number, draft.content, paid=draft.row.paid), words)
    if draft.row.send_at:
        at = when_text(draft.row.send_at, zone, words)
        return words("When: {time} – takes about {takes}", time=at, takes=takes)
    return words("When: at once – takes about {takes}", takes=takes)


def _language_lines(draft: Draft, languages: Sequence[str], words: Words) -> list[str]:
    """Which languages it speaks, and who reads another one."""
    content = draft.content
    if not content.texts:
        return []
    has = words.list(words.name_of(code) for code in languages if code in content.texts)
    lines = [words("Languages: {languages}", languages=has)]
    lacking = {code: number for code, number in draft.readers.items() if code not in content.texts}
    if lacking:
        readers = words.list(f"{words.name_of(code)} ({number})" for code, number in lacking.items())
        lines.append(
            words(
                "No translation for readers of {languages}: they get {default}.",
                languages=readers,
                default=words.name_of(content.language),
            )
        )
    return lines


def _go(draft: Draft, zone: ZoneInfo, words: Words) -> Button:
    row, number = draft.row, draft.number
    if row.state is BroadcastState.SCHEDULED and row.send_at:
        return Button(words("Wait after all"), action("unschedule", row))
    labels = {
        Purpose.ANNOUNCE: words("📣 Send to {number}", number=number),
        Purpose.CORRECT: words("✏️ Correct {number} copies", number=number),
        Purpose.RECALL: words("↩️ Take back from {number}", number=number),
        Purpose.NUDGE: words("👋 Remind {number}", number=number),
    }
    label = labels[row.purpose]
    if row.send_at:
        there = row.send_at.astimezone(zone)
        label = words(
            "🕒 Send to {number} on {day} at {time}",
            number=number,
            day=words.short_day(there.date()),
            time=words.time(there.time()),
        )
    return Button(label, action("send", row))


def _settings(draft: Draft, words: Words) -> Rows:
    row = draft.row
    if row.purpose in {Purpose.RECALL, Purpose.NUDGE}:
        return ()
    translate = Button(words("🌐 Translations"), action("texts", row))
    if row.purpose is Purpose.CORRECT:
        return ((translate, Button(words("✏️ Other words"), action("words", row))),)
    silent = words("🔕 Without sound") if row.silent else words("🔔 With sound")
    receipt = words("✅ Button ‘Understood’: yes") if row.asks_receipt else words("☑️ Button ‘Understood’: no")
    newcomers = words("📌 Newcomers see it: yes") if row.for_newcomers else words("📌 Newcomers see it: no")
    rows: list[tuple[Button, ...]] = [
        (
            Button(words("👥 To whom"), action("who", row)),
            Button(words("🕒 When"), action("when", row)),
        ),
        (translate, Button(words("🔗 Buttons"), action("links", row))),
        (Button(silent, action("sound", row)), Button(words("✏️ Other content"), action("words", row))),
        (Button(receipt, action("receipt", row)),),
        (Button(newcomers, action("newcomers", row)),),
    ]
    if draft.number >= MANY or row.paid:
        stars = stars_for(draft.number, draft.content)
        paid = (
            words("⚡ Faster, for {stars} Stars: yes", stars=stars)
            if row.paid
            else words("⚡ Faster, for {stars} Stars: no", stars=stars)
        )
        rows.append((Button(paid, action("paid", row)),))
    if row.changes and row.changes.get("answers"):
        number = len(row.changes["answers"])
        corrects = row.changes.get("correct_answers", True)
        label = (
            words("🔁 Earlier answers to correct: {number}", number=number)
            if corrects
            else words("🔁 Earlier answers stay as they are")
        )
        rows.append((Button(label, action("answers", row)),))
    return tuple(rows)


def _ends(row: BroadcastRow, words: Words) -> tuple[Button, ...]:
    label = words("🗑 Ignore") if row.changes else words("🗑 Discard")
    return (Button(label, action("discard", row)),)

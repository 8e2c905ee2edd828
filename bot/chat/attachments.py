"""What the bot says to a message without words."""

from telegram import Message

from bot.locales import Words


def line_for(message: Message, words: Words) -> str | None:
    """One friendly line for a sticker, a picture and the like; None for what nobody sent to be answered."""
    voice = words("I cannot listen to recordings, sorry. Please type your question.")
    picture = words("I cannot look at pictures, sorry. Please tell me in words what you would like to know.")
    place = words("Thank you, but I cannot read maps. Please type where you would like to go.")
    lines = {
        "sticker": words("Nice one! 🙂 If you have a question, just type it."),
        "animation": words("Nice one! 🙂 If you have a question, just type it."),
        "voice": voice,
        "audio": voice,
        "video_note": voice,
        "photo": picture,
        "video": picture,
        "venue": place,
        "location": place,
        "contact": words("Thank you, but I cannot call anybody. Please type your question."),
        "document": words("I cannot open files, sorry. Please type your question."),
    }
    found = next((line for kind, line in lines.items() if getattr(message, kind)), None)
    if found is None and message.effective_attachment:
        return words("I only understand words, sorry. Please type your question.")
    return found

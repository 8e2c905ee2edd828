"""Questions as people type them: phrasings of the knowledge in every language, many with a small slip."""

from random import Random

from bot.knowledge.model import Knowledge


def typed_questions(knowledge: Knowledge, number: int, seed: int = 1) -> list[str]:
    """`number` phrasings picked at random, two of three with a letter left out, doubled or swapped."""
    random = Random(seed)  # noqa: S311 - nothing secret
    phrasings = [
        phrasing
        for entry in knowledge.entries.values()
        for of_language in entry.questions.values()
        for phrasing in of_language
    ]
    return [
        _with_slip(phrasing, random) if random.random() < 2 / 3 else phrasing
        for phrasing in random.choices(phrasings, k=number)
    ]


def _with_slip(phrasing: str, random: Random) -> str:
    at = random.randrange(len(phrasing))
    before, letters, after = phrasing[:at], phrasing[at : at + 2], phrasing[at + 2 :]
    slip = random.choice((letters[1:], letters[:1] + letters, letters[::-1]))
    return before + slip + after

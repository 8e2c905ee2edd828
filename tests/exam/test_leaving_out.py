"""Each phrasing is asked once of an assistant that has never seen it."""

from datetime import UTC, datetime
from pathlib import Path

from bot.exam.asking import Verdict
from bot.exam.leaving_out import left_out
from bot.knowledge.loader import read
from tests.knowledge_folder import HELP, write_folder

MOMENT = datetime(2031, 5, 5, 8, tzinfo=UTC)
POOL = """\
title: Water
entries:
  - id: pool
    title: Pool
    questions:
      en:
        - Is there a swimming pool in the hotel?
        - Does the hotel have a swimming pool?
        - Where is the swimming pool of the hotel?
        - May I use the hotel swimming pool?
        - xylophone quartz zebra
    answer: On the roof.
  - id: laundry
    title: Laundry
    questions:
      en: [How do I wash clothes?, Where can I wash my clothes?, Is there a place to wash clothes?]
    answer: In the basement.
"""


def test_every_phrasing_is_asked_without_itself(tmp_path: Path) -> None:
    loaded = read(write_folder(tmp_path, faq={"help": HELP, "water": POOL}))
    asked = left_out(loaded, MOMENT)
    phrasings = [
        text
        for entry in loaded.knowledge.entries.values()
        for own in entry.questions.values()
        for text in own
    ]
    assert [one.question.text for one in asked] == phrasings
    verdicts = {one.question.text: one.verdict for one in asked}
    assert verdicts["Does the hotel have a swimming pool?"] is Verdict.RIGHT
    assert verdicts["xylophone quartz zebra"] is not Verdict.RIGHT  # nothing else is like it
    [strange] = [one for one in asked if one.question.text.startswith("xylo")]
    assert strange.question.place.endswith("faq/water.yaml:11")
    assert strange.question.ids == {"pool"}

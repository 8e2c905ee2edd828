from collections import Counter
from pathlib import Path

from bot.preview.server import PreviewServer
from tests.knowledge_folder import write_folder
from tests.reminders.crowd import Crowd

NUMBER = 75  # more than Telegram takes in two seconds


async def test_a_crowd_is_reminded_once_each_before_the_start_within_telegrams_limits(tmp_path: Path) -> None:
    async with PreviewServer(limits=True) as server:
        crowd = Crowd(server, write_folder(tmp_path), tmp_path, NUMBER)
        await crowd.subscribe()
        async with crowd.bot():
            await server.wait_until(lambda: len(server.ledger) >= NUMBER, 60)
        assert Counter(sent.chat_id for sent in server.ledger) == {person.id: 1 for person in crowd.people}
        assert crowd.clock() < crowd.occasion.expires_at
        times = [sent.seconds for sent in server.ledger]
        assert max(sum(start <= time < start + 1 for time in times) for start in times) <= 30

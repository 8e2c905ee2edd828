"""How many questions about time get the right sessions, and how long each takes.

`python -m tests.benchmarks.time_questions` prints a table; with `--wrong` also the questions for tuning that
went wrong. Those that are held out are only counted.
"""

import sys
import time
from collections import Counter

from bot.assistant.assistant import Assistant
from bot.knowledge.loader import load
from tests.assistant.time_questions import QUESTIONS, ask, is_right, told
from tests.benchmarks.load import ROOT


def main(*, show_wrong: bool) -> None:
    """Prints the table."""
    knowledge = load(ROOT / "knowledge")
    assistant = Assistant(knowledge)
    asked, right, seconds = Counter[tuple[str, bool]](), Counter[tuple[str, bool]](), list[float]()
    for question in QUESTIONS:
        started = time.perf_counter()
        reply = ask(assistant, question)
        seconds.append(time.perf_counter() - started)
        cell, good = (question["lang"], question["held_out"]), is_right(question, reply, knowledge)
        asked[cell] += 1
        right[cell] += good
        if show_wrong and not good and not question["held_out"]:
            print(f"{question['lang']} {question['q']} ({question['now']}): {reply.kind.value} {reply.id}")
            print(f"    named {sorted(told(reply, knowledge))}, not {question['sessions'] or question}")
    print("| language | for tuning | held out |\n| --- | --- | --- |")
    for language in dict.fromkeys(language for language, _ in asked):
        cells = [f"{right[language, held]} of {asked[language, held]}" for held in (False, True)]
        print(f"| {language} | {' | '.join(cells)} |")
    both = [sum(n for (_, held), n in right.items() if held is half) for half in (False, True)]
    of = [sum(n for (_, held), n in asked.items() if held is half) for half in (False, True)]
    print(f"| all | {both[0]} of {of[0]} | {both[1]} of {of[1]} |")
    seconds.sort()
    milliseconds = [1000 * seconds[int(len(seconds) * share)] for share in (0.5, 0.95)]
    print(f"\nmilliseconds a question: median {milliseconds[0]:.1f}, 95 % under {milliseconds[1]:.1f}")


if __name__ == "__main__":
    main(show_wrong="--wrong" in sys.argv)

"""What was found on the screens: a page that shows all of them, and a summary in a few lines."""

import html
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from bot.knowledge.model import Knowledge
from tests.screens.rules import Problem, Rules, unseen
from tests.screens.stage import Screen

_STYLE = """
body { font: 15px/1.4 system-ui, sans-serif; max-width: 60rem; margin: 2rem auto; padding: 0 1rem; }
section { border: 1px solid #bbb; border-radius: 8px; padding: .5rem 1rem; margin: .5rem 0; width: 22rem; }
section p { white-space: pre-wrap; overflow-wrap: anywhere; }
.path { color: #666; } .bad { color: #a00; font-weight: bold; }
.row { display: flex; gap: 5px; margin: 3px 0; }
.row span { flex: 1; background: #def; border-radius: 6px; text-align: center; padding: .3rem; }
"""


@dataclass(frozen=True, slots=True)
class Checked:
    """A screen, what is wrong with it, and what only the knowledge could do better."""

    screen: Screen
    problems: tuple[Problem, ...]
    warnings: tuple[Problem, ...]


def checked(screens: Sequence[Screen], knowledge: Knowledge) -> list[Checked]:
    """Each different screen once, with what is wrong with it. `knowledge` is what it was made of."""
    rules = {
        (language, staff): Rules(language, knowledge, staff=staff)
        for language in {screen.language for screen in screens}
        for staff in (False, True)
    }
    different = {(screen.language, screen.kind, screen.text, screen.rows): screen for screen in screens}
    found = []
    for screen in different.values():
        own = rules[screen.language, screen.reader != "participant"]
        found.append(Checked(screen, tuple(own.problems(screen)), tuple(own.warnings(screen))))
    return found


def summary(found: Sequence[Checked]) -> Iterator[str]:
    """A line for each problem, and the numbers of each language."""
    yield from dict.fromkeys(
        f"{each.screen.language} · {each.screen.reader} · {each.screen.path[:40]} · {what}: {where}"
        for each in found
        for what, where in each.problems
    )
    for language, screens in _by_language(found).items():
        without = unseen([each.screen for each in screens], language)
        every = len(unseen([], language))
        problems = sum(len(each.problems) for each in screens)
        labels = {warning for each in screens for warning in each.warnings}
        yield (
            f"{language}: {len(screens)} different screens with {every - len(without)} of {every} messages, "
            f"{problems} problems, {len(labels)} labels of the knowledge wider than a phone"
        )


def page(found: Sequence[Checked]) -> str:
    """All screens as HTML, those with problems first."""
    parts = [f"<!doctype html><meta charset=utf-8><title>Screens</title><style>{_STYLE}</style>"]
    parts.append(f"<pre>{html.escape(chr(10).join(summary(found)))}</pre>")
    for language, screens in _by_language(found).items():
        parts.append(f"<h1>{language}</h1>")
        parts += [_section(each) for each in sorted(screens, key=lambda each: not each.problems)]
        left = "\n".join(unseen([each.screen for each in screens], language))
        parts.append(
            f"<details><summary>Messages on no screen</summary><pre>{html.escape(left)}</pre></details>"
        )
    return "\n".join(parts)


def _section(each: Checked) -> str:
    screen = each.screen
    rows = "".join(
        f"<div class=row>{''.join(f'<span dir=auto>{html.escape(label)}</span>' for label in row)}</div>"
        for row in screen.rows
    )
    notes = "".join(
        f"<div class=bad>{html.escape(f'{what}: {where}')}</div>"
        for what, where in (*each.problems, *each.warnings)
    )
    about = html.escape(f"{screen.reader} · {screen.path} · {screen.kind}")
    return (
        f"<section><div class=path>{about}</div>{notes}<p dir=auto>{html.escape(screen.text)}</p>"
        f"{rows}</section>"
    )


def _by_language(found: Sequence[Checked]) -> Mapping[str, list[Checked]]:
    languages: dict[str, list[Checked]] = {}
    for each in found:
        languages.setdefault(each.screen.language, []).append(each)
    return languages

"""How a difference between two revisions reads on a phone."""

from collections.abc import Iterator

from bot.locales import Words
from bot.revisions.difference import Difference, Field, Item
from bot.revisions.summary import SIGNS, kind_name

LONGEST_TEXT = 200  # characters of one text
LONGEST = 2_800  # characters of the whole, which leaves room for the words around it in one message


def difference_text(difference: Difference, words: Words) -> tuple[str, bool]:
    """What was added, changed and removed, and whether all of it fitted."""
    blocks = ["\n".join(_lines(item, words)) for item in difference.items]
    fitting = 0
    while fitting < len(blocks) and sum(map(len, blocks[: fitting + 1])) <= LONGEST:
        fitting += 1
    if fitting == len(blocks):
        return "\n\n".join(blocks), True
    shown = blocks[:fitting]
    if not shown:  # one thing with very many changes
        shown = [f"{blocks[0][:LONGEST]}…"]
    left = len(blocks) - len(shown)
    if left:
        shown.append(words.plural("… and {number} more change", "… and {number} more changes", left))
    return "\n\n".join(shown), False


def full_text(difference: Difference, words: Words) -> str:
    """The same without any limit."""
    return "\n\n".join("\n".join(_lines(item, words, longest=None)) for item in difference.items)


def _lines(item: Item, words: Words, longest: int | None = LONGEST_TEXT) -> Iterator[str]:
    name = f"“{item.title}” ({item.id})" if item.title not in {"", item.id} else item.id
    yield f"{SIGNS[item.change]} {kind_name(item.kind, words)} {name}"
    for field in item.fields:
        yield from _field(field, longest)


def _field(field: Field, longest: int | None) -> Iterator[str]:
    """Only the lines that differ: a list has its items on lines."""
    before, after = field.before.split("\n"), field.after.split("\n")
    yield f"  {field.name}:"
    yield from (f"  − {_cut(line, longest)}" for line in before if line.strip() and line not in after)
    yield from (f"  + {_cut(line, longest)}" for line in after if line.strip() and line not in before)


def _cut(line: str, longest: int | None) -> str:
    return line if longest is None or len(line) <= longest else f"{line[:longest]}…"

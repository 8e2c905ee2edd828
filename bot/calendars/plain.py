"""Markdown as plain text, for what shows no formatting."""

from collections.abc import Iterable, Iterator

from markdown_it import MarkdownIt
from markdown_it.token import Token


def plain(markdown: str) -> str:
    """The text without its marks; a link is followed by its address."""
    blocks = (
        token for token in MarkdownIt().parse(markdown) if token.type in {"inline", "code_block", "fence"}
    )
    return "\n".join(
        "".join(_texts(block.children)) if block.children else block.content.strip() for block in blocks
    )


def _texts(tokens: Iterable[Token]) -> Iterator[str]:
    address = ""
    for token in tokens:
        if token.type in {"softbreak", "hardbreak"}:
            yield "\n"
        elif token.type == "link_open":
            address = str(token.attrGet("href") or "")
        elif token.type == "link_close":
            yield f" ({address})"
        else:
            yield token.content

"""Markdown, as people write it in YAML, becomes a text with message entities."""

import functools
from collections.abc import Callable, Sequence
from itertools import count

from markdown_it import MarkdownIt
from markdown_it.token import Token

from bot.chat.formatted import FormattedText, Run, Style, join
from bot.chat.links import is_linkable, plain_address

_STYLES = {"strong": "bold", "em": "italic", "s": "strikethrough", "heading": "bold", "th": "bold"}
_BULLETS = "•◦▪"
_INDENT = "    "
_RULE = "———"
_CELL_GAP = " · "
_LONGEST_LANGUAGE = 30


def to_formatted(markdown: str) -> FormattedText:
    """The text as Telegram shows it. HTML stays as typed; what Telegram cannot link reads as plain text.

    A line break is a line break, as in a chat. Takes any text; one with something to see keeps it.
    """
    source = markdown.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    shown = join(_Writer().write(_parser().parse(source)))
    # Beyond its nesting limit the parser drops text: then better as it was typed than not at all.
    return shown if shown.visible else FormattedText(source.strip())


@functools.cache
def _parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"html": False}).enable(["table", "strikethrough"])
    # Text indented by four spaces is a slip far more often than code, which has its fences.
    return parser.disable("code")


class _Writer:
    """Writes the parser's tokens, in their order, as styled runs."""

    def __init__(self) -> None:
        self._runs: list[Run] = []
        self._worn: list[Style] = []
        self._quotes = 0  # how many are open
        self._markers: list[Callable[[], str]] = []  # of each open list: what its next item starts with
        self._links: list[tuple[str, int]] = []  # address, and the first run of its text
        self._numbers = count(1)  # keep neighbours apart that look the same
        self._newlines = 0  # to write before the next text
        self._after_marker = False  # a block that starts here needs no new line
        self._line = 0  # the source's line after the last block

    def write(self, tokens: Sequence[Token]) -> list[Run]:
        """The runs of these tokens, after those of earlier ones."""
        for token in tokens:
            name = token.type.removesuffix("_open").removesuffix("_close")
            if token.type in {"paragraph_open", "heading_open", "table_open", "fence", "hr"}:
                self._start_block(token)
            if name in {"td", "th"} and token.nesting == 1 and not self._at_line_start():
                self._put(_CELL_GAP)
            if name in _STYLES:
                self._wear(Style(_STYLES[name]), token)
            if token.type == "inline":
                self.write(token.children or ())
            self._write(token)
        return self._runs

    def _write(self, token: Token) -> None:
        match token.type:
            case "text":
                self._put(token.content)
            case "softbreak" | "hardbreak" | "tr_open":
                self._new_line()
            case "code_inline":
                self._put_code(Style("code"), token.content)
            case "fence":
                language = token.info.split(maxsplit=1)[0][:_LONGEST_LANGUAGE] if token.info.strip() else ""
                self._put_code(Style("pre", language, next(self._numbers)), token.content.rstrip())
            case "hr":
                self._put(_RULE)
            case "link_open":
                self._open_link(str(token.attrGet("href") or ""))
            case "link_close":
                self._close_link()
            case "image":
                self._image(token)
            case "blockquote_open" | "blockquote_close":
                self._quote(token)
            case "bullet_list_open" | "ordered_list_open":
                self._open_list(token)
            case "bullet_list_close" | "ordered_list_close":
                self._markers.pop()
            case "list_item_open":
                self._item()

    def _start_block(self, token: Token) -> None:
        """Blocks stand apart as far as they were typed; in lists they follow closely."""
        start, end = token.map or (self._line, self._line)
        if not self._after_marker:
            self._new_line(1 if self._markers or start <= self._line else 2)
        self._line = end

    def _new_line(self, lines: int = 1) -> None:
        self._newlines = max(self._newlines, lines)

    def _at_line_start(self) -> bool:
        return self._newlines > 0 or not self._runs

    def _put(self, text: str) -> None:
        self._add(text, frozenset(self._worn))

    def _put_code(self, style: Style, code: str) -> None:
        """Telegram lets code stand in a quote, and mixes it with nothing else; a link is worth more."""
        kept = {worn for worn in self._worn if worn.type in {"blockquote", "text_link"}}
        self._add(code, frozenset(kept if self._links else {*kept, style}))

    def _add(self, text: str, styles: frozenset[Style]) -> None:
        if not text:
            return
        if self._runs and self._newlines:
            last = self._runs[-1].styles
            quoted = frozenset(style for style in last & styles if style.type == "blockquote")
            self._runs.append(Run("\n" * self._newlines + self._indent(), quoted))
        self._newlines, self._after_marker = 0, False
        self._runs.append(Run(text, styles))

    def _indent(self) -> str:
        return _INDENT * (len(self._markers) - 1)

    def _wear(self, style: Style, token: Token) -> None:
        if token.nesting == 1:
            self._worn.append(style)
        else:
            self._worn.pop()

    def _open_link(self, url: str) -> None:
        self._links.append((url, len(self._runs)))
        self._worn += [Style("text_link", url)] if is_linkable(url) else []

    def _close_link(self) -> None:
        url, start = self._links.pop()
        if is_linkable(url):
            self._worn.pop()
            return
        address = plain_address(url)
        text = "".join(run.text for run in self._runs[start:])
        if address not in text:
            self._put(f" ({address})" if text else address)

    def _image(self, token: Token) -> None:
        """A picture in the middle of a text: its description, linked."""
        url = str(token.attrGet("src") or "")
        self._open_link(url)
        if token.children:
            self.write(token.children)
        elif is_linkable(url):
            self._put(url)
        self._close_link()

    def _quote(self, token: Token) -> None:
        """Telegram knows no quote in a quote: the outermost one counts."""
        self._quotes += token.nesting
        if token.nesting == 1 and self._quotes == 1:
            self._worn.append(Style("blockquote", number=next(self._numbers)))
        elif token.nesting == -1 and self._quotes == 0:
            self._worn.pop()

    def _open_list(self, token: Token) -> None:
        self._new_line(1 if self._markers or (token.map and token.map[0] <= self._line) else 2)
        bullet = _BULLETS[min(len(self._markers), len(_BULLETS) - 1)]
        numbers = count(int(token.attrs.get("start", 1)))
        ordered = token.type == "ordered_list_open"
        self._markers.append(lambda: f"{next(numbers)}. " if ordered else f"{bullet} ")

    def _item(self) -> None:
        self._new_line()
        self._put(self._markers[-1]())
        self._after_marker = True

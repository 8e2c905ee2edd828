"""YAML files as people write them: every style, comments, blank lines, indents, line breaks."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from random import Random
from typing import Any

from hypothesis import strategies as st

from bot.knowledge.yaml_tree import Plain

PIECES = """wifi|Call **112**.|¿Dónde está?|비밀번호|ភាសា|🛟|a: b|x #y|# no|- dash|it's|"so"|[a]|{b}|a, b
10:30|1.10|007|no|100%|@ana|*|>|back\\slash|tab\tin|  two|end |?|!x|&y|`code`|https://x.org/#a|~|null|key:|:|'|"
""".replace("\n", "|").split("|")[:-1]
LINES = st.lists(st.sampled_from(PIECES), min_size=1, max_size=4).map(" ".join)
TEXTS = st.one_of(
    LINES,
    st.lists(st.one_of(LINES, st.just("")), min_size=2, max_size=5).map("\n".join),
    st.text(st.characters(exclude_categories=["Cc", "Cs"], include_characters="\n\t"), min_size=1),
)
KEYS = st.sampled_from(["id", "title", "en", "es", "km", "answer", "questions", "photos", "notes"])
ROOTS = st.dictionaries(
    KEYS,
    st.recursive(
        TEXTS,
        lambda below: st.one_of(
            st.lists(below, min_size=1, max_size=4), st.dictionaries(KEYS, below, min_size=1, max_size=4)
        ),
        max_leaves=12,
    ),
    min_size=1,
    max_size=4,
)


@dataclass
class Author:
    """Writes values as one person might; `comments` numbers those that were written."""

    random: Random
    step: int = 2
    comments: int = 0

    def file(self, root: dict[str, Plain]) -> bytes:
        """The bytes of a file that says `root`."""
        lines = [*self.remarks(0), *self.mapping(root, 0), *self.remarks(0)]
        text = "\n".join(lines) + self.random.choice(["\n", "\n", "\n\n", ""])
        breaks = self.random.choice([["\n"], ["\n"], ["\r\n"], ["\n", "\r\n"]])  # some editors mix them
        data = "".join(self.random.choice(breaks) if sign == "\n" else sign for sign in text).encode()
        return self.random.choice([b"", b"", b"\xef\xbb\xbf"]) + data

    def mapping(self, value: dict[str, Plain], indent: int) -> list[str]:
        lines = []
        for key, each in value.items():
            lines += [*self.remarks(indent), *self.placed(f"{' ' * indent}{self.key(key)}:", each, indent)]
        return lines

    def items(self, value: list[Plain], indent: int) -> list[str]:
        lines = []
        for each in value:
            lines += self.remarks(indent)
            if isinstance(each, dict) and self.random.random() < 0.7:
                first, *others = self.bare(self.mapping, each, indent + 2)
                lines += [f"{' ' * indent}- {first[indent + 2 :]}", *others]
            elif isinstance(each, list) and self.random.random() < 0.2:
                first, *others = self.bare(self.items, each, indent + 2)
                lines += [f"{' ' * indent}- {first[indent + 2 :]}", *others]
            else:
                lines += self.placed(f"{' ' * indent}-", each, indent)
        return lines

    @staticmethod
    def bare(write: Callable[[Any, int], list[str]], value: Plain, indent: int) -> list[str]:
        """As written, but not beginning with a comment or blank line."""
        lines = write(value, indent)
        while not lines[0].strip() or lines[0].lstrip().startswith("#"):
            lines.pop(0)
        return lines

    def placed(self, beginning: str, value: Plain, indent: int) -> list[str]:
        """A value behind its key or dash."""
        roll, end = self.random.random(), self.remark()
        if isinstance(value, str):
            if ("\n" in value or roll < 0.2) and (block := self.block(value, indent)):
                return [f"{beginning} {block[0]}{end}", *block[1:]]
            if roll > 0.9:
                return [f"{beginning}{self.remark()}", f"{' ' * (indent + self.step)}{self.text(value)}{end}"]
            return [f"{beginning} {self.text(value)}{end}"]
        if roll < 0.3:
            return [f"{beginning} {self.brackets(value)}{end}"]
        deeper = indent + self.step
        if isinstance(value, list):
            at = indent if roll < 0.5 and not beginning.endswith("-") else deeper
            return [f"{beginning}{end}", *self.items(value, at)]
        return [f"{beginning}{end}", *self.mapping(value or {}, deeper)]

    def block(self, value: str, indent: int) -> list[str] | None:
        """Below |, if nothing is lost there."""
        rows = value.removesuffix("\n").split("\n")
        if (
            any(not row.strip() and row for row in rows)
            or not rows[-1].strip()
            or rows[0][:1] in {" ", "", "\t"}
        ):
            return None
        pad = " " * (indent + self.step)
        return ["|" if value.endswith("\n") else "|-", *(f"{pad}{row}" if row else "" for row in rows)]

    def text(self, value: str) -> str:
        """On one line."""
        plain = value.replace(" ", "").isalnum() and value == value.strip()
        styles = [json.dumps(value, ensure_ascii=False)]
        if "\n" not in value:
            styles.append("'" + value.replace("'", "''") + "'")
        return value if plain and self.random.random() < 0.6 else self.random.choice(styles)

    def key(self, name: str) -> str:
        return f"'{name}'" if self.random.random() < 0.1 else name

    def brackets(self, value: Plain) -> str:
        if isinstance(value, list):
            return f"[{', '.join(map(self.brackets, value))}{self.random.choice(['', ','])}]"
        if isinstance(value, dict):
            return f"{{{', '.join(f'{key}: {self.brackets(each)}' for key, each in value.items())}}}"
        return self.text(str(value))

    def remark(self) -> str:
        """A comment at the end of a line, perhaps."""
        if self.random.random() > 0.15:
            return ""
        self.comments += 1
        return f"  # remark {self.comments}."

    def remarks(self, indent: int) -> list[str]:
        """Comments and blank lines between others, perhaps."""
        roll = self.random.random()
        if roll < 0.15:
            self.comments += 1
            return [f"{' ' * indent}# remark {self.comments}."]
        return [""] if roll < 0.3 else []

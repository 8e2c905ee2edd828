"""A file of questions and the ids that answer them, as CSV or YAML."""

import csv
import io
from collections.abc import Callable, Iterator
from pathlib import Path

from bot.assistant.smalltalk import SMALLTALK
from bot.assistant.subject import SCHEDULE
from bot.exam.asking import Question
from bot.knowledge.files import Folder, UnreadableError
from bot.knowledge.model import Knowledge
from bot.knowledge.problems import KnowledgeError, Problem, did_you_mean, quoted
from bot.knowledge.yaml_text import decode
from bot.knowledge.yaml_tree import MAX_BYTES, read_tree

NOTHING = "none"
"""In the place of an id: the question must not be answered."""

Line = tuple[int, str, str]
"""Its number, a question, ids."""


def read_questions(file: Path, knowledge: Knowledge) -> list[Question]:
    """The questions of a `.csv` file with the columns `question` and `id`, or of a `.yaml` file with a
    question and its id on each line. Several ids stand with blanks between; `none` is for no answer.

    Raises KnowledgeError with every line that is wrong.
    """
    try:
        data = Folder(file.parent).read(file.name, MAX_BYTES)
    except UnreadableError as error:
        raise KnowledgeError([Problem(str(file), 0, str(error))]) from None
    readers: dict[str, Callable[[bytes, str, list[Problem]], Iterator[Line]]] = {
        ".csv": _csv,
        ".yaml": _yaml,
        ".yml": _yaml,
    }
    if file.suffix.lower() not in readers:
        raise KnowledgeError([Problem(str(file), 0, "its name must end in .csv or .yaml")])
    problems: list[Problem] = []
    known = {*knowledge.entries, *knowledge.sites, *knowledge.sessions, SCHEDULE, SMALLTALK}
    found = []
    for line, text, ids in readers[file.suffix.lower()](data, str(file), problems):
        wanted = frozenset(ids.split())
        for each in sorted(wanted - known - {NOTHING}):
            words = f"nothing has the id {quoted(each)}{did_you_mean(each, known)}"
            problems.append(Problem(str(file), line, words))
        if not wanted:
            problems.append(Problem(str(file), line, f"write an id, or {NOTHING} for no answer"))
        found.append(Question(text, wanted - {NOTHING}, None, f"{file}:{line}"))
    if not found and not problems:
        problems.append(Problem(str(file), 0, "holds no question"))
    if problems:
        raise KnowledgeError(sorted(problems))
    return found


def _yaml(data: bytes, file: str, problems: list[Problem]) -> Iterator[Line]:
    tree = read_tree(data, file)
    problems += tree.findings.problems
    for text, node in (tree.root.children or {}).items() if tree.root else ():
        if isinstance(text, str) and isinstance(node.value, str):
            yield node.line, text, node.value
        else:
            problems.append(Problem(file, node.line, "write `question: id`, one on each line"))


def _csv(data: bytes, file: str, problems: list[Problem]) -> Iterator[Line]:
    text, found = decode(data, file)
    problems += found
    rows = csv.DictReader(io.StringIO(text, newline=""))
    if not {"question", "id"} <= set(rows.fieldnames or ()):
        if not found:
            problems.append(Problem(file, 1, "the first line must name the columns: question,id"))
        return
    for row in rows:
        yield rows.line_num, (row["question"] or "").strip(), row["id"] or ""

"""Which YAML files make up a knowledge folder, each read into a tree."""

from bot.knowledge.files import Files, Folder, UnreadableError
from bot.knowledge.message import Message
from bot.knowledge.problems import Findings, KnowledgeError, Problem
from bot.knowledge.yaml_tree import MAX_BYTES, Tree, read_tree

PROGRAMME, SITES, SCHEDULE, SYNONYMS = "programme.yaml", "sites.yaml", "schedule.yaml", "synonyms.yaml"
FAQ = "faq"
_NEEDED = (PROGRAMME, SITES, SCHEDULE)


def read_trees(folder: Folder | Files, findings: Findings) -> dict[str, Tree]:
    """The tree of each file, by name in the folder; categories are last, in the order of their names.

    Raises KnowledgeError when there is no such folder.
    """
    trees: dict[str, Tree] = {}
    for name in _names(folder, findings):
        shown = folder.shown(name)
        try:
            tree = trees[name] = read_tree(folder.read(name, MAX_BYTES), shown)
        except UnreadableError as error:
            tree = trees[name] = Tree(shown)
            findings.problems.append(Problem(shown, 0, error.message))
        findings.problems += tree.findings.problems
        findings.warnings += tree.findings.warnings
    return trees


def _names(folder: Folder | Files, findings: Findings) -> list[str]:
    """The files to read. A file that looks like one of them but is not read gives a warning."""
    try:
        at_top = folder.names()
    except UnreadableError as error:
        words = Message("the knowledge folder {problem}", problem=error.message)
        raise KnowledgeError([Problem(folder.shown(""), 0, words)]) from None
    optional = [SYNONYMS] if SYNONYMS in at_top else []
    for name in at_top:
        if _like_yaml(name) and name not in {*_NEEDED, SYNONYMS}:
            known = ", ".join((*_NEEDED, SYNONYMS))
            words = Message(
                "is not read: the files here are {known}; entries go to {folder}/", known=known, folder=FAQ
            )
            findings.warnings.append(Problem(folder.shown(name), 0, words))
    return [*_NEEDED, *optional, *_categories(folder, findings)]


def _categories(folder: Folder | Files, findings: Findings) -> list[str]:
    try:
        names = folder.names(FAQ)
    except UnreadableError as error:
        findings.problems.append(Problem(folder.shown(FAQ), 0, error.message))
        return []
    categories = [f"{FAQ}/{name}" for name in names if name.endswith(".yaml")]
    for name in names:
        if _like_yaml(name) and not name.endswith(".yaml"):
            words = Message("is not read: its name must end in .yaml")
            findings.warnings.append(Problem(folder.shown(f"{FAQ}/{name}"), 0, words))
    if not categories:
        words = Message("holds no .yaml file, so there is nothing to answer")
        findings.problems.append(Problem(folder.shown(FAQ), 0, words))
    return categories


def _like_yaml(name: str) -> bool:
    return ".yaml" in name.lower() or ".yml" in name.lower()

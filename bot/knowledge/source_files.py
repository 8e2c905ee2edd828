"""Which YAML files make up a knowledge folder, each read into a tree."""

from bot.knowledge.files import Files, Folder, UnreadableError
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
            findings.problems.append(Problem(shown, 0, str(error)))
        findings.problems += tree.findings.problems
        findings.warnings += tree.findings.warnings
    return trees


def _names(folder: Folder | Files, findings: Findings) -> list[str]:
    """The files to read. A file that looks like one of them but is not read gives a warning."""
    try:
        at_top = folder.names()
    except UnreadableError as error:
        raise KnowledgeError([Problem(folder.shown(""), 0, f"the knowledge folder {error}")]) from None
    optional = [SYNONYMS] if SYNONYMS in at_top else []
    for name in at_top:
        if _like_yaml(name) and name not in {*_NEEDED, SYNONYMS}:
            known = ", ".join((*_NEEDED, SYNONYMS))
            findings.warnings.append(
                Problem(
                    folder.shown(name), 0, f"is not read: the files here are {known}; entries go to {FAQ}/"
                )
            )
    return [*_NEEDED, *optional, *_categories(folder, findings)]


def _categories(folder: Folder | Files, findings: Findings) -> list[str]:
    try:
        names = folder.names(FAQ)
    except UnreadableError as error:
        findings.problems.append(Problem(folder.shown(FAQ), 0, str(error)))
        return []
    categories = [f"{FAQ}/{name}" for name in names if name.endswith(".yaml")]
    for name in names:
        if _like_yaml(name) and not name.endswith(".yaml"):
            shown = folder.shown(f"{FAQ}/{name}")
            findings.warnings.append(Problem(shown, 0, "is not read: its name must end in .yaml"))
    if not categories:
        findings.problems.append(
            Problem(folder.shown(FAQ), 0, "holds no .yaml file, so there is nothing to answer")
        )
    return categories


def _like_yaml(name: str) -> bool:
    return ".yaml" in name.lower() or ".yml" in name.lower()

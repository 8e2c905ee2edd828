"""A folder of YAML files becomes a checked, immutable Knowledge, or a list of everything wrong with it."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from pydantic import ValidationError

from bot.knowledge.clock_changes import impossible_times
from bot.knowledge.files import Files, Folder
from bot.knowledge.model import Category, Knowledge, Model, PhotoFile, Programme, Schedule, Sites, Synonyms
from bot.knowledge.model_words import errors_of
from bot.knowledge.photos import SUBFOLDER, read_photos
from bot.knowledge.problems import Findings, KnowledgeError, Problem, at_path
from bot.knowledge.references import Place, places_of, unknown_references
from bot.knowledge.source_files import FAQ, PROGRAMME, SCHEDULE, SITES, SYNONYMS, read_trees
from bot.knowledge.yaml_tree import Tree, find

AnyModel = TypeVar("AnyModel", bound=Model)


@dataclass(frozen=True, slots=True)
class Loaded:
    """A knowledge folder, where things stand in it, and what is odd about its files."""

    knowledge: Knowledge
    files: Mapping[str, bytes]  # what was read, by name in the folder: nothing else makes the knowledge
    places: Mapping[str, Place]  # of entries, sites and sessions, by id
    warnings: tuple[Problem, ...]


def load(source: Path | Files) -> Knowledge:
    """The knowledge of a folder or of files. Raises KnowledgeError with all problems of all files."""
    return read(source).knowledge


def read(source: Path | Files) -> Loaded:
    """As `load`, and says where things are written and what to look at."""
    folder, findings = Folder(source) if isinstance(source, Path) else source, Findings()
    trees = read_trees(folder, findings)
    places = places_of(trees.values(), findings)
    findings.problems += unknown_references(trees.values())
    photos = read_photos(folder, trees.values(), findings)
    knowledge = _knowledge(trees, photos, places, findings)
    files = {name: tree.data for name, tree in trees.items()}
    files |= {f"{SUBFOLDER}/{name}": photo.data for name, photo in photos.items()}
    return Loaded(knowledge, files, places, tuple(sorted(findings.warnings)))


def _knowledge(
    trees: Mapping[str, Tree],
    photos: Mapping[str, PhotoFile],
    places: Mapping[str, Place],
    findings: Findings,
) -> Knowledge:
    """Raises KnowledgeError when there are problems, old or new."""
    language = default_language(trees)

    def read_as(model: type[AnyModel], name: str) -> AnyModel | None:
        return validated(trees[name], model, language, findings) if name in trees else None

    programme, sites, schedule = (
        read_as(Programme, PROGRAMME),
        read_as(Sites, SITES),
        read_as(Schedule, SCHEDULE),
    )
    synonyms = read_as(Synonyms, SYNONYMS) or Synonyms(groups=())
    categories = [read_as(Category, name) for name in trees if name.startswith(f"{FAQ}/")]
    if programme and schedule:
        findings.problems += impossible_times(schedule.sessions, programme.time_zone, places)
    if findings.problems or not (programme and sites and schedule):
        raise KnowledgeError(sorted(set(findings.problems)))
    readable = tuple(category for category in categories if category)
    return Knowledge(
        revision=_revision(trees, photos),
        programme=programme,
        categories=readable,
        entries={entry.id: entry for category in readable for entry in category.entries},
        sites={site.id: site for site in sites.sites},
        sessions={s.id: s for s in sorted(schedule.sessions, key=lambda s: (s.date, s.start, s.end))},
        shuttles=schedule.shuttles,
        synonyms=synonyms.groups,
        photos=photos,
    )


def validated(tree: Tree, model: type[AnyModel], language: str, findings: Findings) -> AnyModel | None:
    """A file as its model; None, and its errors reported, when it does not fit."""
    if not tree.root:
        return None
    try:
        return model.model_validate(tree.root.value, context={"default_language": language})
    except ValidationError as error:
        for path, words in errors_of(error, model):
            findings.problems.append(Problem(tree.file, tree.root.line_of(*path), at_path(path, words)))
        return None


def default_language(trees: Mapping[str, Tree]) -> str:
    """The first of the programme's languages, even when the rest of its file has errors."""
    tree = trees.get(PROGRAMME)
    if tree and tree.root:
        for _, node in find(tree.root, "languages", "*"):
            if isinstance(node.value, str):
                return node.value
    return "en"


def _revision(trees: Mapping[str, Tree], photos: Mapping[str, PhotoFile]) -> str:
    """sha256 over the name and the sha256 of every file used."""
    digests = {name: tree.sha256 for name, tree in trees.items()}
    digests |= {f"{SUBFOLDER}/{name}": photo.sha256 for name, photo in photos.items()}
    listing = "".join(f"{digest}  {name}\n" for name, digest in sorted(digests.items()))
    return hashlib.sha256(listing.encode()).hexdigest()

"""Prints the tables of `bench matching`, in Markdown."""

import argparse
import sys
from collections.abc import Iterable, Sequence

import numpy as np

from bot.bench.data import Case, DataError, case_of_bank, cases_in
from bot.bench.matchers import Build, chosen
from bot.bench.measure import Answers, Figures, answers, figures
from bot.bench.vectors import Vectors, vectors


def print_tables(options: argparse.Namespace) -> int:
    """Prints a table a case with all matchers, then what this one answers. Returns the exit code."""
    try:
        cases = list(_cases(options))
        with vectors(options.encoder, options.cache) as found:
            _print_all(cases, options.only, found if found.is_on else None)
    except DataError as error:
        print(error, file=sys.stderr)
        return 2
    return 0


def _print_all(cases: Sequence[Case], only: Sequence[str] | None, vectors: Vectors | None) -> None:
    names = list(dict.fromkeys(case.name for case in cases))
    builds = chosen(only, vectors)
    for name in names:
        samples = [case for case in cases if case.name == name]
        _print_matchers(name, samples, builds)
    print("| answers of this matcher | right | right or suggested | precision | refused | ECE |")
    print("| --- | --- | --- | --- | --- | --- |")
    for name in names:
        samples = [case for case in cases if case.name == name]
        _print_answers(name, [answers(case) for case in samples])
        if vectors:
            _print_answers(f"{name}, with meaning", [answers(case, vectors) for case in samples])


def _cases(options: argparse.Namespace) -> Iterable[Case]:
    found: list[Case] = []
    if options.data:
        wanted = tuple(options.cases or ("",))
        found += [case for case in cases_in(options.data, options.split) if case.name.startswith(wanted)]
    if options.bank:
        found.append(case_of_bank(options.bank, options.half, options.knowledge))
    if not found:
        raise DataError("Nothing to measure: give --data FOLDER, or --bank FILE with --knowledge FOLDER.")
    return [case.sampled(options.questions) for case in found]


def _print_matchers(name: str, samples: Sequence[Case], builds: dict[str, Build]) -> None:
    questions = sum(len(case.questions) for case in samples)
    print(f"| {name}: {questions} questions | first | among three | AUROC | ms |")
    print("| --- | --- | --- | --- | --- |")
    for matcher, build in builds.items():
        try:
            measured = [figures(build(case), case) for case in samples]
        except ModuleNotFoundError as error:
            print(f"| {matcher} | {error.name} is not installed | | | |")
            continue
        print(f"| {matcher} | {_row(measured)} |", flush=True)
    print()


def _row(measured: Sequence[Figures]) -> str:
    first, among_three, auroc, milliseconds = (
        float(np.mean([getattr(one, field) for one in measured])) for field in Figures.__slots__
    )
    return f"{first:.3f} | {among_three:.3f} | {auroc:.3f} | {milliseconds:.2f}"


def _print_answers(name: str, measured: Sequence[Answers]) -> None:
    means = [float(np.mean([getattr(one, field) for one in measured])) for field in Answers.__slots__]
    print(f"| {name} | {' | '.join(f'{mean:.3f}' for mean in means)} |", flush=True)

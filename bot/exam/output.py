"""An exam on paper: for the terminal, as JUnit XML for continuous integration, as CSV for a spreadsheet."""

import csv
import io
from collections.abc import Iterator, Sequence
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from bot.exam.asking import Asked, Verdict
from bot.exam.outcome import confusions, figures
from bot.knowledge.problems import quoted

MOST_CONFUSIONS = 20
_RED, _YELLOW, _PLAIN = "\033[31m", "\033[33m", "\033[0m"
_COLUMNS = ("verdict", "place", "language", "question", "expected", "answered", "confidence", "suggested")


def text(asked: Sequence[Asked], failing: frozenset[Verdict], *, colours: bool) -> str:
    """What failed, what is confused with what, and the figures."""
    lines = [_line(one, colours=colours) for one in asked if one.verdict in failing]
    pairs = confusions(asked)
    if pairs:
        lines += ["", "most confused:"]
        lines += [f"  {p.number:>4} × {p.wanted} answered as {p.answered}" for p in pairs[:MOST_CONFUSIONS]]
    found = figures(asked)
    counts = ", ".join(f"{found.verdicts[verdict]:,} {verdict}" for verdict in Verdict)
    lines += ["", f"{found.questions:,} questions: {counts}"]
    lines.append(
        f"precision {found.precision:.3f} (of the answers given), coverage {found.coverage:.3f} answered, "
        f"{found.helped:.3f} answered right or suggested"
    )
    return "\n".join(lines).lstrip("\n")


def junit(asked: Sequence[Asked], failing: frozenset[Verdict]) -> str:
    """One test case a question; what was not answered and does not fail is skipped."""
    suite = Element("testsuite", name="knowledge", tests=str(len(asked)))
    suite.set("failures", str(sum(one.verdict in failing for one in asked)))
    for one in asked:
        case = SubElement(suite, "testcase", classname=_expected(one), name=_clean(one.question.text))
        case.set("file", one.question.place.rpartition(":")[0])
        if one.verdict in failing:
            SubElement(case, "failure", type=one.verdict, message=_clean(_what_happened(one))).text = _clean(
                f"{one.question.place}: {_what_happened(one)}"
            )
        elif one.verdict is Verdict.MISSED:
            SubElement(case, "skipped", message=_what_happened(one))
    whole = Element("testsuites")
    whole.append(suite)
    indent(whole)
    return f"{tostring(whole, 'unicode', xml_declaration=True)}\n"


def csv_table(asked: Sequence[Asked]) -> str:
    """One row a question. A cell that a spreadsheet would compute begins with an apostrophe."""
    table = io.StringIO(newline="")
    writer = csv.writer(table)
    writer.writerow(_COLUMNS)
    for one in asked:
        writer.writerow([_safe(cell) for cell in _cells(one)])
    return table.getvalue()


def _cells(one: Asked) -> Iterator[str]:
    question = one.question
    yield from (one.verdict, question.place, question.language or "", question.text, _expected(one))
    yield from (one.id or "", f"{one.confidence:.2f}", " ".join(one.suggestions))


def _safe(cell: str) -> str:
    return f"'{cell}" if cell[:1] in {"=", "+", "-", "@", "\t", "\r"} else cell


def _line(one: Asked, *, colours: bool) -> str:
    line = f"{one.verdict:<6} {one.question.place}: {quoted(one.question.text, 70)} {_what_happened(one)}"
    colour = _RED if one.verdict is Verdict.WRONG else _YELLOW
    return f"{colour}{line}{_PLAIN}" if colours else line


def _what_happened(one: Asked) -> str:
    if one.is_answered:
        return f"is answered as {one.id} ({one.confidence:.2f}), not as {_expected(one)}"
    offered = f"; suggested: {', '.join(one.suggestions)}" if one.suggestions else ""
    return f"is not answered ({_expected(one)}){offered}"


def _expected(one: Asked) -> str:
    return " or ".join(sorted(one.question.ids)) or "none"


def _clean(value: str) -> str:
    """Without what XML has no way to write."""
    return "".join(letter for letter in value if letter in "\t\n" or letter >= " ").replace("\x7f", "")

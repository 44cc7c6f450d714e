"""The commands: JSON alone on standard output, exit codes, and a mistake told with its place."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from django.utils import translation

from congtam.dossiers.public import DossierRow
from congtam.indicators.cli import figure_command, indicators_command
from congtam.kernel.clock import LOCAL
from congtam.kernel.errors import NotFound

ASK = ["dossiers.on_time_rate", "--unit", "024", "--period", "2025-H1"]


def figure(*arguments: str) -> Result:
    return CliRunner().invoke(figure_command, [*ASK, *arguments])


def test_the_receipt_as_json(dossiers: list[DossierRow]) -> None:
    found = figure("--json")
    receipt = json.loads(found.stdout)
    promised = {"code", "definition_version", "data_version", "map", "unit", "period", "numerator"}
    assert promised | {"denominator", "value", "digest", "as_of"} <= set(receipt)
    assert (found.exit_code, receipt["period"], receipt["map"]) == (0, "2025-01-01..2025-07-01", "then")
    assert receipt["value"] == receipt["numerator"] / receipt["denominator"]


def test_the_rows_are_the_figure(dossiers: list[DossierRow]) -> None:
    receipt = json.loads(figure("--rows", "--json").stdout)
    assert len(receipt["rows"]["numerator"]) == receipt["numerator"]
    assert set(receipt["rows"]["numerator"]) <= set(receipt["rows"]["denominator"])


def test_on_the_map_of_a_day(dossiers: list[DossierRow]) -> None:
    assert json.loads(figure("--map", "2025-06-30", "--json").stdout)["map"] == "2025-06-30"


def test_words_for_a_person(dossiers: list[DossierRow]) -> None:
    said = figure().stdout
    assert "Tỷ lệ hồ sơ giải quyết đúng hạn" in said
    assert "Mã băm của các dòng: " in said


def test_wrong_usage_and_unknown_names(dossiers: list[DossierRow]) -> None:
    wrong = CliRunner().invoke(figure_command, [*ASK[:-1], "sometime"])
    assert (wrong.exit_code, "không phải là một kỳ" in wrong.stderr) == (2, True)
    with translation.override("en"):
        english = CliRunner().invoke(figure_command, [*ASK[:-1], "sometime"])
    assert "is not a period" in english.stderr
    day = CliRunner().invoke(figure_command, [*ASK, "--map", "31/02/2025"])
    assert (day.exit_code, "“31/02/2025” không phải là ngày" in day.stderr) == (2, True)
    unknown = CliRunner().invoke(figure_command, [ASK[0], "--unit", "nowhere", "--period", "2025"])
    assert isinstance(unknown.exception, NotFound)


@pytest.mark.parametrize(
    ("ask", "said", "code"),
    [
        pytest.param([*ASK[:-1], "sometime"], "không phải là một kỳ", 2, id="period"),
        pytest.param([ASK[0], "--unit", "nowhere", "--period", "2025"], "“nowhere”", 1, id="unit"),
        pytest.param(["dossiers.on_tim_rate", *ASK[1:]], "dossiers.on_time_rate", 1, id="indicator"),
    ],
)
def test_a_refusal_is_json_where_json_was_asked_for(
    dossiers: list[DossierRow], *, ask: list[str], said: str, code: int
) -> None:
    answer = CliRunner().invoke(figure_command, [*ask, "--json"])
    (problem,) = json.loads(answer.stdout)["problems"]
    assert (answer.exit_code, said in problem["message"]) == (code, True)


def test_a_mistyped_code_is_answered_with_the_nearest(dossiers: list[DossierRow]) -> None:
    rest = ASK[1:]
    mistyped = CliRunner().invoke(figure_command, ["dossiers.on_tim_rate", *rest])
    assert mistyped.exit_code == 1
    assert "Có phải ý ông/bà là: dossiers.on_time_rate" in mistyped.stderr
    with translation.override("en"):
        assert "Available indicators: " in CliRunner().invoke(figure_command, ["", *rest]).stderr


def test_all_definitions_are_listed() -> None:
    listed = json.loads(CliRunner().invoke(indicators_command, ["list", "--json"]).stdout)
    assert len(listed) >= 13
    assert {"code", "version", "name", "out_of", "counts", "source"} <= set(listed[0])
    assert "finished_at" in CliRunner().invoke(indicators_command, ["columns", "dossiers"]).stdout


NOT_AFTER = datetime(2025, 7, 1, tzinfo=LOCAL)
GOOD = """
- code: dossiers.by_post_rate
  version: 1
  name: {vi: Nộp qua bưu chính, en: Filed by post}
  description: {vi: Mô tả, en: Described}
  wording: {counts: {vi: a, en: a}, out_of: {vi: b, en: b}}
  fact: dossiers
  kind: rate
  period: received_on
  counts: channel = 'post'
  better: none
  measure: share
  source: QĐ 766/QĐ-TTg
  valid: {from: 2024-01-01}
"""


@pytest.mark.parametrize(
    ("change", "said"),
    [
        pytest.param(("channel = 'post'", "chanel = 'post'"), "Did you mean channel?", id="unknown column"),
        pytest.param(
            ("period: received_on", "period: received_at"), "is not a day column", id="period is an instant"
        ),
        pytest.param(("kind: rate", "kind: ratio"), "dossiers.by_post_rate, kind", id="unknown kind"),
        pytest.param(("kind: rate", "kind: median"), "needs a value expression", id="a median of nothing"),
        pytest.param(
            ("  version: 1", "  versions: 1"), "dossiers.by_post_rate, versions", id="unknown field"
        ),
        pytest.param(("period: received_on", "period: [received_on"), "not valid YAML", id="broken YAML"),
        pytest.param((GOOD, "code: x"), "a list of definitions", id="no list"),
        pytest.param((GOOD, GOOD + GOOD), "defined twice", id="twice"),
    ],
)
def test_a_mistake_in_a_file_is_told(tmp_path: Path, change: tuple[str, str], said: str) -> None:
    file = tmp_path / "mine.yaml"
    file.write_text(GOOD.replace(*change), encoding="utf-8")
    with translation.override("en"):
        told = CliRunner().invoke(indicators_command, ["check", str(file)])
    assert (told.exit_code, said in told.stderr) == (3, True), told.stderr


def test_a_good_file_passes(tmp_path: Path) -> None:
    file = tmp_path / "mine.yaml"
    file.write_text(GOOD, encoding="utf-8")
    assert CliRunner().invoke(indicators_command, ["check", str(file)]).exit_code == 0
    told = CliRunner().invoke(indicators_command, ["check", str(file), "--json"])
    assert json.loads(told.stdout) == {"file": "mine.yaml", "problems": []}


MISTAKES = """
- code: dossiers.by_post_rate
  version: 1
  name: {vi: Nộp qua bưu chính, en: Filed by post}
  description: {vi: Mô tả, en: Described}
  wording: {counts: {vi: a, en: a}, out_of: {vi: b, en: b}}
  fact: dossiers
  kind: rate
  period: received_on
  out_of: fee_dong > 'a' and chanel is null
  counts: >-
    channel = 'post'
    or  due_at = received_on
  better: none
  measure: share
  source: QĐ 766/QĐ-TTg
  valid: {from: 2024-01-01}
"""


def try_file(file: Path, text: str) -> Result:
    file.write_text(text, encoding="utf-8")
    arguments = ["try", str(file), "--unit", "02", "--period", "2025-H1", "--json"]
    return CliRunner().invoke(indicators_command, arguments)


def test_a_definition_that_is_not_saved_is_tried(dossiers: list[DossierRow], tmp_path: Path) -> None:
    text = GOOD.replace("'post'", "'online'")
    found = json.loads(try_file(tmp_path / "mine.yaml", text).stdout)
    online = [one for one in dossiers if one.received_at.year == 2025 and one.received_at < NOT_AFTER]
    assert found["denominator"] == len(online)
    assert found["numerator"] == sum(one.channel == "online" for one in online)
    assert found["value"] == found["numerator"] / found["denominator"]
    assert found["interval"][0] < found["value"] < found["interval"][1]
    by_code = {one.code: one for one in dossiers}
    assert {by_code[key].channel for key in found["rows"]["numerator"]} == {"online"}
    assert (len(found["rows"]["numerator"]), len(found["rows"]["rest"])) == (10, 10)


def test_all_mistakes_are_reported_with_their_place_in_the_file(tmp_path: Path) -> None:
    refused = try_file(tmp_path / "mine.yaml", MISTAKES)
    problems = json.loads(refused.stdout)["problems"]
    assert refused.exit_code == 2
    assert [(one["file"], one["line"], one["column"]) for one in problems] == [
        ("mine.yaml", 10, 22),
        ("mine.yaml", 10, 30),
        ("mine.yaml", 13, 18),
    ]
    assert problems[1]["advice"]


def test_a_file_of_the_wrong_shape_is_refused_with_lines(tmp_path: Path) -> None:
    refused = try_file(tmp_path / "mine.yaml", GOOD.replace("version: 1", "version: none"))
    problems = json.loads(refused.stdout)["problems"]
    assert (refused.exit_code, problems[0]["line"], problems[0]["column"]) == (2, 3, 12)


def test_faults_of_a_definition_are_told_in_the_language_of_the_reader(tmp_path: Path) -> None:
    file = tmp_path / "one.yaml"
    file.write_text("- {code: dossiers.mine, version: x, name: {vi: a, en: b}, better: sideways, more: 1}\n")
    told = CliRunner().invoke(indicators_command, ["check", str(file)]).output
    for text in (
        "version: cần một số nguyên",
        "measure: còn thiếu",
        "more: không có khóa này",
        "better: cần một trong các giá trị",
    ):
        assert text in told
    assert "Input should" not in told
    assert "Field required" not in told

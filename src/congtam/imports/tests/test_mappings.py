"""A mapping is read strictly: everything wrong is told at once, with its line."""

from __future__ import annotations

import pytest
from django.utils import translation
from django.utils.translation import gettext

from congtam.imports.interpretation.mapping_text import read_mapping
from congtam.imports.shipped import get_mapping, mapping_from, shipped_mappings
from congtam.kernel.errors import InputRefused

HEAD = "mapping: 1\nname: x\n"


def mistakes(text: str) -> list[tuple[str, int | None]]:
    with translation.override("en"), pytest.raises(InputRefused) as error:
        read_mapping(text)
    return [(problem.format_message(), problem.row) for problem in error.value.problems]


def test_mistakes_are_told_in_one_language() -> None:
    text = f"{HEAD}colour: red\ncase: {{code: {{column: A, value: B}}}}\nfile: {{encoding: klingon}}\n"
    with translation.override("vi"), pytest.raises(InputRefused) as error:
        read_mapping(text)
    told = {problem.format_message(gettext) for problem in error.value.problems}
    assert "colour: không có khóa này ở vị trí này" in told
    assert any(line.startswith("case.code: phải có đúng một trong column") for line in told)
    assert any(line.startswith("file.encoding: chọn trong utf-8") for line in told)


def test_the_shipped_mappings_are_sound() -> None:
    research = {"wabo-receipt", "bpic2015", "bpic2020-permit"}
    assert set(shipped_mappings()) == {*research, "dvcqg", "igate"}
    assert {name for name, one in shipped_mappings().items() if one.audience == "research"} == research
    for mapping in shipped_mappings().values():
        assert set(mapping.title) == {"vi", "en"}


def test_all_mistakes_are_told_with_their_lines() -> None:
    text = (
        HEAD
        + "time_zone: Mars/Base\ncase:\n  code: A\n  recieved: B\n  state: {column: S, translate: {x: done}}\n"
    )
    told = mistakes(text)
    assert ("time_zone: 'Mars/Base' is not a time zone such as Asia/Ho_Chi_Minh", 3) in told
    assert ("case.recieved: this key does not exist here", 6) in told
    assert ("case.received: missing", 4) in told


@pytest.mark.parametrize(
    ("text", "said", "line"),
    [
        ("- a\n", "keys and values expected", 1),
        ("a: [1, 2\n", "expected ',' or ']'", 2),
        (HEAD + "name: y\n", "given twice", 3),
        (HEAD + "case: &a {code: A, received: B}\nevent: *a\n", "aliases", 4),
        ("a: " + "[" * 20_000, "inside each other", 1),
        (HEAD + "? [a, b]\n: 1\n", "must be a plain text", 3),
        (HEAD + "\n".join(f"k{number}: v" for number in range(20_000)), "more than 20000 keys", 10_000),
        (HEAD + "case: {code: A, received: B, due: {first: x, last: y}}\n", "exactly one of", 3),
        (HEAD + "case: {code: A, received: {column: B, dates: hh:mm}}\n", "is not a date form", 3),
        (HEAD + "case: {code: A, received: B, state: {value: done}}\n", "done unknown", 3),
        (HEAD + "case: {code: A, received: B}\nevent: {name: C}\n", "rows: event", 1),
        (HEAD + "file: {encoding: klingon}\ncase: {code: A, received: B}\n", "choose from", 3),
    ],
)
def test_mistakes(text: str, said: str, line: int) -> None:
    told = mistakes(text)
    assert any(said in words for words, _ in told), told
    assert any(row == line for _, row in told), told


def test_a_wrong_date_form_is_told_in_vietnamese() -> None:
    with translation.override("vi"), pytest.raises(InputRefused) as error:
        read_mapping(HEAD + "dates: [DD/MM/yyyy]\ncase: {code: A, received: B}\n")
    told = error.value.problems[0].format_message(gettext)
    assert told.startswith("dates: 'DD/MM/yyyy' không phải là dạng ngày: chữ D không có nghĩa. Dùng iso")


def test_words_mean_what_is_written() -> None:
    text = (
        HEAD
        + "case: {code: A, received: B, channel: {column: C, translate: {no: desk, 1: online, 2026-01-05: post}}}\n"
    )
    channel = read_mapping(text).case.channel
    assert channel is not None
    assert channel[0].translate == {"no": "desk", "1": "online", "2026-01-05": "post"}


def test_an_unknown_name_tells_the_known_ones() -> None:
    with pytest.raises(InputRefused, match="wabo-receipt"):
        get_mapping("no-such")
    with pytest.raises(InputRefused):
        mapping_from("/no/such/file.yaml")

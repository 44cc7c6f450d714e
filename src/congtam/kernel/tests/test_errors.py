"""What an error tells a person and a machine."""

from __future__ import annotations

import pickle

from congtam.kernel.errors import DomainError, InputRefused, NotAllowed, NotFound, Problem

BLANK = Problem(
    code="dossiers.code_blank",
    message="Line {line} has no code.",
    data={"line": 7},
    file="receipt.csv",
    row=7,
    advice="Write the code of the dossier.",
)
LATE = Problem(code="dossiers.late", message="Line {line} is late.", data={"line": 8}, severity="warning")
VIETNAMESE = {
    "Line {line} has no code.": "Dòng {line} không có mã.",
    "The input was rejected: {count} problem(s). First problem: {first}": "Từ chối: {count} lỗi. Lỗi đầu: {first}",
}


def translate(text: str) -> str:
    return VIETNAMESE.get(text, text)


def test_an_error_fills_its_message_and_keeps_its_data() -> None:
    error = NotFound(kind="dossier", key="H22-1")
    assert str(error) == "There is no dossier “H22-1”, or it is not visible to you."
    assert error.code == "not_found"
    assert error.data == {"kind": "dossier", "key": "H22-1"}
    assert repr(error) == "NotFound(kind='dossier', key='H22-1')"


def test_a_missing_value_leaves_its_placeholder() -> None:
    assert str(NotFound(kind="dossier")) == "There is no dossier “{key}”, or it is not visible to you."


def test_an_error_survives_a_process_border() -> None:
    for error in (NotAllowed(verb="import"), InputRefused([BLANK])):
        twin = pickle.loads(pickle.dumps(error))  # noqa: S301 - our own bytes
        assert (type(twin), twin.data, str(twin)) == (type(error), error.data, str(error))


def test_an_error_speaks_the_readers_language() -> None:
    assert BLANK.format_message(translate) == "Dòng 7 không có mã."
    assert (
        InputRefused([BLANK, LATE]).format_message(translate)
        == "Từ chối: 2 lỗi. Lỗi đầu: Dòng 7 không có mã."
    )


def test_a_problem_says_where_it_is() -> None:
    told = BLANK.as_dict()
    assert told["message"] == "Line 7 has no code."
    assert told["advice"] == "Write the code of the dossier."
    assert (told["file"], told["sheet"], told["row"], told["column"]) == ("receipt.csv", None, 7, None)
    assert BLANK.is_error
    assert not LATE.is_error
    assert LATE.format_advice() == ""


def test_every_refusal_is_a_domain_error() -> None:
    refused = InputRefused(iter([BLANK, LATE]))
    assert isinstance(refused, DomainError)
    assert refused.problems == (BLANK, LATE)
    assert str(InputRefused([])) == "The input was rejected: 0 problem(s). First problem: "

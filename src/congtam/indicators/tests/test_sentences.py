"""Definitions in words, in both languages."""

from __future__ import annotations

import pytest

from congtam.indicators.definitions.shipped import all_definitions, column_labels
from congtam.indicators.language.sentences import sentence
from congtam.warehouse.public import fact


@pytest.mark.parametrize(
    ("text", "vi", "en"),
    [
        (
            "finished_at <= due_at",
            "“Thời điểm giải quyết xong” không vượt quá “Thời điểm hẹn trả”",
            "“Instant of finishing” is at most “Instant at which it is due”",
        ),
        (
            "channel in ('online', 'post') and not (fee_dong > 0 or fee_dong is null)",
            (
                "“Hình thức nộp” là một trong: 'online', 'post' và không phải: ("
                "“Phí, lệ phí (đồng)” lớn hơn 0 hoặc "
                "“Phí, lệ phí (đồng)” chưa có)"
            ),
            (
                "“Channel of filing” is one of: 'online', 'post' and it is not so that ("
                "“Fee (đồng)” is greater than 0 or "
                "“Fee (đồng)” is missing)"
            ),
        ),
        (
            "working_days(received_at, :as_of) > 2 and result_digitised is not true",
            (
                "số ngày làm việc từ “Thời điểm tiếp nhận” đến thời điểm tính lớn hơn 2 và không phải: "
                "“Kết quả đã số hóa” đúng"
            ),
            (
                "the working days from “Instant of receipt” to the instant of the count is greater "
                "than 2 and it is not so "
                "that “Result is digitised” is true"
            ),
        ),
        ("due_at + interval '2 days' is not null", "(“Thời điểm hẹn trả” cộng 2 ngày) đã có", None),
        ("true", "mọi dòng", "every row"),
    ],
)
def test_in_words(text: str, vi: str, en: str | None) -> None:
    labels = column_labels(fact("dossiers"))
    assert sentence(text, labels, "vi") == vi
    assert en is None or sentence(text, labels, "en") == en


def test_every_shipped_definition_has_words() -> None:
    """No column is left under its technical name, and no sign of the formula language is left."""
    for one in (each for each in all_definitions() if not each.is_composed):
        labels = column_labels(fact(one.fact))
        for text in filter(None, one.expressions):
            for language in ("vi", "en"):
                spoken = sentence(text, labels, language)
                assert not any(sign in spoken for sign in ("<", ">", "=", " AND ", "CAST(")), spoken

"""Vietnamese text is found and sorted alike in every Unicode form."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from congtam.kernel.vietnamese import collation_key, comparison_key, fold, nfc, unify_d

SORTED = [
    "(không rõ)",
    "02",
    "2",
    "a",
    "A",
    "à",
    "ả",
    "ã",
    "á",
    "ạ",
    "an",
    "An Giang",
    "ăn",
    "ân",
    "Bắc Mê",
    "Bắc Quang",
    "Dương",
    "Đà Nẵng",
    "Đắk Lắk",
    "Đồng Nai",
    "Hà Giang",
    "Hạ Long",
    "Hoàng Su Phì",
    "Mèo Vạc",
    "oan",
    "ô",
    "ơ",
    "Quản Bạ",
    "Tuyên Quang",
    "ung",
    "ưng",
    "Vị Xuyên",
    "Xín Mần",
    "Yên Minh",
]


@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_the_alphabet_orders_names(form: str) -> None:
    names = [unicodedata.normalize(form, name) for name in SORTED]  # type: ignore[arg-type]
    shuffled = names[1::2] + names[::2]
    assert sorted(shuffled, key=collation_key) == names


@given(st.text(max_size=30))
def test_keys_are_ascii_and_alike_in_every_form(text: str) -> None:
    key = collation_key(text)
    assert key.isascii()
    assert key.isalnum()
    assert collation_key(unicodedata.normalize("NFD", text)) == collation_key(nfc(text)) == key
    assert fold(unicodedata.normalize("NFD", text)) == fold(nfc(text))


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("Đường Nguyễn Huệ", "duong nguyen hue"),
        ("  HỒ   SƠ\t", "ho so"),
        (unicodedata.normalize("NFD", "Thủ tục đăng ký"), "thu tuc dang ky"),
        ("Ðà Nẵng", "da nang"),
        ("H22.09/2026", "h22.09/2026"),
        ("", ""),
    ],
)
def test_search_folds_diacritics(text: str, key: str) -> None:
    assert fold(text) == key


def test_tones_decide_only_between_equal_letters() -> None:
    assert collation_key("mạ b") > collation_key("ma a")
    assert collation_key("mạ a") < collation_key("ma b")


@pytest.mark.parametrize("other", ["\u00d0", "\u0189"], ids=["eth", "African D"])
def test_signs_that_look_like_the_letter_are_the_letter(other: str) -> None:
    """Old fonts write U+00D0; such a name is found, compared and sorted where people look for it."""
    typed = f"{other}ào Thị {other.lower()}ẹp"
    assert unify_d(typed) == "Đào Thị đẹp"
    assert fold(typed) == fold("Đào Thị đẹp") == "dao thi dep"
    assert comparison_key(typed) == comparison_key("ĐÀO  THỊ ĐẸP")
    assert collation_key(typed) == collation_key("Đào Thị đẹp")
    names = ["Dương Văn Ba", typed, "Em Thị Hoa"]
    assert sorted([names[2], names[0], names[1]], key=collation_key) == names


def test_comparing_keeps_the_diacritics() -> None:
    assert (
        comparison_key("Nguyễn Thị  Hạ") == comparison_key("NGUYỄN THỊ HẠ") != comparison_key("Nguyễn Thị Hà")
    )

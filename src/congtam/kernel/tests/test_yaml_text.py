from __future__ import annotations

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from congtam.kernel.input.yaml_text import (
    YamlAlias,
    YamlKeyNotPlain,
    YamlRefused,
    YamlTooDeep,
    YamlTooLong,
    parse_yaml,
    to_plain,
)

_TEXTS = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), max_size=12)
_DOCUMENTS = st.recursive(
    _TEXTS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(_TEXTS, inner, max_size=4),
    max_leaves=15,
)


@given(_DOCUMENTS)
def test_what_was_written_is_read(document: object) -> None:
    node = parse_yaml(yaml.safe_dump(document, allow_unicode=True))
    assert node is not None
    assert to_plain(node) == document


@given(st.text(alphabet="a:-?[]{}&*!|>'\"# \n\t%@`,", max_size=60))
def test_any_text_is_read_or_refused(text: str) -> None:
    try:
        node = parse_yaml(text)
    except YamlRefused as refusal:
        assert str(refusal)  # noqa: PT017 - any text may be either
    else:
        assert node is None or to_plain(node) is not None


def test_scalars_stay_texts() -> None:
    node = parse_yaml("a: no\nb: 2026-01-05\nc: 007\n")
    assert node is not None
    assert to_plain(node) == {"a": "no", "b": "2026-01-05", "c": "007"}


@pytest.mark.parametrize(
    ("text", "refusal", "line"),
    [
        ("a: " + "[" * 20_000, YamlTooDeep, 1),
        ("a: " + "{b: " * 200, YamlTooDeep, 1),
        ("\n".join(f"{' ' * depth}k:" for depth in range(200)), YamlTooDeep, 21),
        ("- " * 5_000, YamlTooDeep, 1),
        ("\n".join(f"k{number}: v" for number in range(20_000)), YamlTooLong, 10_000),
        ("[" + "a, " * 90_000 + "]", YamlTooLong, 1),
        ("a: &x 1\nb: *x\n", YamlAlias, 2),
        ("a: 1\n? [b, c]\n: 2\n", YamlKeyNotPlain, 2),
        ("? {a: 1}\n", YamlKeyNotPlain, 1),
        ("a: [1\n", YamlRefused, 2),
        ("a: \x07\n", YamlRefused, None),
    ],
)
def test_refusals_with_their_lines(text: str, refusal: type[YamlRefused], line: int | None) -> None:
    with pytest.raises(refusal) as refused:
        parse_yaml(text)
    assert refused.value.line == line

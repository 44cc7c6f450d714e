"""Readers of files that strangers send: whatever the bytes are, the file is read or refused in words, never a fault.

A few changed files in every run, always the same; `CONGTAM_FUZZ_EXAMPLES=500` looks longer, at random. What once ended
in a fault, and what the changes begin from, is kept in the folder `fuzzed`, and each file of it is read in every run.
"""

from __future__ import annotations

import io
import os
import zipfile
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from congtam.imports.interpretation.mapping_text import read_mapping
from congtam.imports.tests.files import BY_EVENT, BY_ROW, cases
from congtam.kernel.errors import DomainError
from congtam.typesetting.public import check_template, extract_figures

CORPUS: Final = Path(__file__).parent / "fuzzed"
_EXAMPLES = os.environ.get("CONGTAM_FUZZ_EXAMPLES", "")
pytestmark = pytest.mark.timeout(1800 if _EXAMPLES else 180)
BOUNDED = settings(
    max_examples=int(_EXAMPLES or 12),
    derandomize=not _EXAMPLES,
    database=None,
    phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
)
_TOKENS: Final = (
    b"", b"<", b">", b"/>", b"&", b"&#0;", b"<![CDATA[", b"]]>", b"<!DOCTYPE a [<!ENTITY b 'c'>]>", b"&b;",
    b"<a>" * 300, b"\x00", b"\xff\xfe", b"{{", b"}}", b"{{ content }}", b"obj", b"endobj", b"stream", b"<<", b">>",
    b"/Kids [1 0 R]", b"/Length 99999999", b"/FlateDecode", b"99999999999999999999", b"-1", b"1e999", b"NaN",
    b"xml:space='preserve'", "\u202e".encode(), b"\xed\xa0\x80", b"%s" * 50, b"2026-13-45T99:99:99",
)  # fmt: skip
"""What these formats trip over."""


def read_cases(content: bytes, name: str) -> None:
    """As an import reads it, by rows and by events."""
    with TemporaryDirectory() as folder:
        path = Path(folder, name)
        path.write_bytes(content)
        cases(path, BY_EVENT if name.endswith(".xes") else BY_ROW)


READERS: Final[dict[str, Callable[[bytes, str], object]]] = {
    ".xes": read_cases,
    ".xlsx": read_cases,
    ".csv": read_cases,
    ".docx": lambda content, name: check_template(content, name=name),
    ".pdf": lambda content, _name: extract_figures(content),
    ".yaml": lambda content, _name: read_mapping(content.decode(errors="replace")),
}


def read(content: bytes, name: str) -> None:
    """Read or refuse; a .docx also as a document whose figures are read back."""
    readers = [READERS[Path(name).suffix]]
    if name.endswith(".docx"):
        readers.append(lambda content, _name: extract_figures(content))
    for reader in readers:
        with suppress(DomainError):
            reader(content, name)


def files() -> list[str]:
    return sorted(path.name for path in CORPUS.iterdir() if path.suffix in READERS)


@pytest.mark.parametrize("name", files())
def test_each_file_of_the_corpus_is_read_or_refused(name: str) -> None:
    read((CORPUS / name).read_bytes(), name)


def test_there_is_something_to_begin_from_in_every_format() -> None:
    assert {Path(name).suffix for name in files()} == set(READERS)


Change = tuple[float, int, bytes, int]
CHANGES: Final = st.lists(
    st.tuples(
        st.floats(0, 1),
        st.integers(0, 40),
        st.one_of(st.sampled_from(_TOKENS), st.binary(max_size=12)),
        st.integers(1, 3),
    ),
    min_size=1,
    max_size=6,
)
"""Where, as a share of the length; how many bytes go; what comes in their place, and how often."""


def changed(content: bytes, changes: list[Change]) -> bytes:
    for place, gone, new, times in changes:
        at = int(place * len(content))
        content = content[:at] + new * times + content[at + gone :]
    return content


def changed_part(content: bytes, part: int, changes: list[Change]) -> bytes:
    """An archive of which one part is changed: otherwise only its frame would ever be tried."""
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as source, zipfile.ZipFile(target, "w") as made:
        entries = source.infolist()
        for index, entry in enumerate(entries):
            text = source.read(entry)
            made.writestr(entry.filename, changed(text, changes) if index == part % len(entries) else text)
    return target.getvalue()


@pytest.mark.parametrize("name", [name for name in files() if name.startswith("good")])
def test_a_changed_file_is_read_or_refused(name: str) -> None:
    original = (CORPUS / name).read_bytes()

    @BOUNDED
    @given(part=st.integers(0, 99), changes=CHANGES, of_frame=st.booleans())
    def try_one(part: int, changes: list[Change], *, of_frame: bool) -> None:
        is_archive = original.startswith(b"PK") and not of_frame
        read(changed_part(original, part, changes) if is_archive else changed(original, changes), name)

    try_one()

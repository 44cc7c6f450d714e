"""The mappings that come with the program, and those a person brings (ánh xạ kèm theo)."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Final

from congtam.imports.interpretation.mapping import Mapping
from congtam.imports.interpretation.mapping_text import read_mapping
from congtam.tabular.problems import file_refusal

_FOLDER: Final = Path(__file__).parent / "mappings"


@cache
def shipped_mappings() -> dict[str, Mapping]:
    """All shipped mappings by name."""
    texts = (path.read_text(encoding="utf-8") for path in sorted(_FOLDER.glob("*.yaml")))
    return {mapping.name: mapping for mapping in map(read_mapping, texts)}


def get_mapping(name: str) -> Mapping:
    """The shipped mapping of that name; raises InputRefused."""
    shipped = shipped_mappings()
    if name not in shipped:
        raise file_refusal("mapping_unknown", name=name[:60], known=", ".join(shipped))
    return shipped[name]


def mapping_from(name_or_path: str) -> Mapping:
    """A shipped mapping by its name, or one in a YAML file; raises InputRefused with everything wrong in it."""
    if not name_or_path.endswith((".yaml", ".yml")):
        return get_mapping(name_or_path)
    path = Path(name_or_path)
    try:
        content = path.read_text(encoding="utf-8")
    except OSError as error:
        raise file_refusal("mapping_missing", reason=f"{path}: {error.strerror}") from None
    except UnicodeDecodeError as error:
        raise file_refusal("mapping_missing", reason=f"{path}: {error.reason}, byte {error.start}") from None
    return read_mapping(content, name=path.name)

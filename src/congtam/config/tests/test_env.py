from __future__ import annotations

from pathlib import Path

import pytest

from congtam.config.env import SETTINGS, Setting, SettingMalformed, make_data_folder, read_settings

OPERATIONS_PAGE = Path(__file__).parents[4] / "docs" / "operations.md"


def test_links_lead_to_the_port_that_is_listened_on() -> None:
    assert read_settings({"CONGTAM_PORT": "8001"})["CONGTAM_SITE_URL"] == "http://localhost:8001"
    assert read_settings({})["CONGTAM_SITE_URL"] == "http://localhost:8000"


def test_defaults_are_typed() -> None:
    values = read_settings({})
    assert values["CONGTAM_PORT"] == 8000
    assert values["CONGTAM_DATA_DIR"] == Path.cwd() / "var"
    assert values["CONGTAM_HOSTS"] == ["localhost", "127.0.0.1", "[::1]"]


def test_every_malformed_variable_is_named_at_once() -> None:
    with pytest.raises(SettingMalformed) as refusal:
        read_settings({"CONGTAM_PORT": "eighty", "CONGTAM_DEBUG": "perhaps"})
    assert "CONGTAM_PORT='eighty'" in str(refusal.value)
    assert "CONGTAM_DEBUG='perhaps'" in str(refusal.value)


@pytest.mark.parametrize("setting", SETTINGS, ids=lambda setting: setting.name)
def test_the_operations_page_documents_each_setting(setting: Setting) -> None:
    default = f"`{setting.default}`" if setting.default else ""
    row = f"| `{setting.name}` | {default} | {setting.help} |"
    assert row in OPERATIONS_PAGE.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("CONGTAM_PORT", "0"),
        ("CONGTAM_PORT", "99999"),
        ("CONGTAM_WEB_WORKERS", "0"),
        ("DATABASE_URL", "mysql://user:hush@host/name"),
    ],
)
def test_what_could_never_work_is_told_at_the_start(name: str, text: str) -> None:
    with pytest.raises(SettingMalformed, match=name) as told:
        read_settings({name: text})
    assert "hush" not in str(told.value)


def test_a_data_folder_that_cannot_be_is_told_in_words(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    for folder in (tmp_path / "file", tmp_path / "file" / "below"):
        with pytest.raises(SettingMalformed, match="CONGTAM_DATA_DIR"):
            make_data_folder(folder)

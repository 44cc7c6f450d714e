"""The doctor speaks the language of the console; what it prints for programs is English."""

from __future__ import annotations

import json

import pytest
from click.testing import CliRunner
from django.utils import translation

from congtam.config.data_checks import check_agency_codes, check_unused_files
from congtam.config.doctor import doctor_command

pytestmark = pytest.mark.django_db


def test_findings_are_told_in_the_language_of_the_console(small_tree: None) -> None:
    with translation.override("vi"):
        files, codes = check_unused_files(), check_agency_codes()
    assert (files.subject, files.observation) == ("Tệp đính kèm", "đều đang dùng")
    assert (codes.subject, codes.level) == ("Mã định danh", "good")
    with translation.override("en"):
        assert check_unused_files().observation == "all are used"


def test_programs_read_english(small_tree: None) -> None:
    with translation.override("vi"):
        told = CliRunner().invoke(doctor_command, ["--json"])
    subjects = {finding["subject"] for finding in json.loads(told.stdout)}
    assert {"Data folder", "Database", "Outbox"} <= subjects

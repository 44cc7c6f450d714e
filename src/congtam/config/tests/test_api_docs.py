"""What the manual and the pages tell developers is true: every command is run, every example is taken."""

from __future__ import annotations

import html
import re
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest
from django.test import Client

from congtam.config.api_examples import curl_command, example_value
from congtam.config.openapi import document
from congtam.foundation.public import console_actor
from congtam.foundation.tokens import issue_token
from congtam.procedures.public import (
    Amount,
    CataloguePaper,
    ChannelLimit,
    Content,
    TimeLimit,
    TimeUnit,
    enter_procedure_list,
)
from congtam.testing.cast import Cast
from congtam.testing.commands import Console, blocks
from congtam.testing.json_schema import faults

MANUAL = Path(__file__).parents[4] / "docs" / "api.md"
SignIn = Callable[[object], Client]
pytestmark = pytest.mark.django_db


@pytest.fixture
def marriage(frozen_clock: None, small_tree: None, warehouse_dir: None) -> None:
    """The procedure of the manual, with the papers it has in the demonstration."""
    limit = TimeLimit("03 ngày làm việc", Amount(Decimal(3), TimeUnit.WORKING_DAYS))
    content = Content(
        name="Thủ tục đăng ký kết hôn",
        field_name="Hộ tịch",
        levels=("commune",),
        limits=(ChannelLimit(channel="desk", limit=limit),),
        papers=(
            CataloguePaper(name="Tờ khai", originals=1),
            CataloguePaper(name="Giấy xác nhận", originals=1),
            CataloguePaper(name="Quyết định ly hôn", certified=1, is_required=False),
            CataloguePaper(name="Căn cước", copies=2),
        ),
    )
    enter_procedure_list({"1.000894": content}, valid_from=None, source="test", actor=console_actor())


def test_every_command_of_the_manual_does_what_it_says(marriage: None, cast: Cast) -> None:
    token = issue_token("clerk", name="manual", days=1, actor=console_actor())
    console = Console({"TOKEN": token, "UNIT": "024"})
    found = [
        told for block in blocks(MANUAL.read_text(encoding="utf-8"), "sh") for told in console.run(block)
    ]
    assert len(found) == 13
    for command, promised, given in found:
        assert given == promised, command


def test_every_command_of_the_first_ten_minutes_works(marriage: None, cast: Cast, client_for: SignIn) -> None:
    page = client_for(cast.clerk).post("/api/", {"name": "Trục liên thông", "days": "30"}).content.decode()
    lines = [
        html.unescape(text) for text in re.findall(r"<pre[^>]*><code>(.*?)</code></pre>", page, re.DOTALL)
    ]
    assert lines[0].startswith("TOKEN=ct_")
    found = list(Console({}).run("\n".join(lines)))
    assert [given for _, _, given in found] == [200, 200, 200, 422]


def test_the_example_of_every_body_is_taken() -> None:
    told = document()
    for path, methods in told["paths"].items():
        for operation in methods.values():
            for content in operation.get("requestBody", {}).get("content", {}).values():
                if "json" in str(content) or "$ref" in content["schema"]:
                    sample = example_value(content["schema"], told)
                    assert not list(faults(sample, content["schema"], root=told)), (path, sample)


def test_the_command_of_every_operation_uses_its_method() -> None:
    described = document()
    for path, methods in described["paths"].items():
        for method, operation in methods.items():
            command = curl_command(operation, described, method=method, path=path, site="http://x")
            implied = "post" if " -d " in command or " -F " in command else "get"
            match = re.search(r"-X (\w+)", command)
            assert (match[1].lower() if match else implied) == method, command

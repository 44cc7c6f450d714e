"""English texts in the private dialect, and slips of typography, are refused with what to write."""

from __future__ import annotations

import pytest
from tools.checks.messages import Message, from_template
from tools.checks.texts import PHRASES, check, faults


def complaints(text: str, *, plural: str | None = None) -> list[str]:
    message = Message("a.py", 7, text, plural)
    return [f"{finding.path}:{finding.line}: {finding.text}" for finding in check([message], {})]


@pytest.mark.parametrize(
    ("text", "advice"),
    [
        ("You are told what is missing.", "“told”: write “notified”"),
        ("Prepare the report anew.", "“anew”: write “again”"),
        ("The office asks for papers.", "“asks for”: write “requested”"),
        ("Asked for on %(day)s", "“Asked for”: write “requested”"),
        ("Take in the supplement", "“Take in”: write “accept”"),
        ("The filing was turned down.", "“turned down”: write “decline”"),
        ("This type is not taken", "“not taken”: write “accepted”"),
        ("More time to hand in the papers", "“hand in”: write “submit”"),
        ("At most 40 signs can be searched for", "“signs”: write “characters”"),
        ("At most {longest} signs", "“signs”: write “characters”"),
        ("Letters, digits and signs", "“signs”: write “characters”"),
        ("The clock stands still.", "“stands still”: write"),
        ("It lies with {who}", "“lies with”: write “is held by”"),
        ("Nobody has to act", "“Nobody”: write “no one”"),
        ("A made-up document", "“made-up”: write “synthetic”"),
        (" or ", "no blank at its beginning or end"),
        ("One  two", "one blank, not two"),
        ('Choose "Send"', "curly quotation marks"),
        ("Loading ...", "… in one character"),
        ("Is it late ?", "no blank before a punctuation mark"),
        ("the file is empty.", "begin with a capital letter"),
    ],
)
def test_a_text_is_refused_with_what_to_write(text: str, advice: str) -> None:
    first, *_ = complaints(text)
    assert first.startswith(f"a.py:7: {text!r}: ")
    assert advice in first


@pytest.mark.parametrize(
    "text",
    [
        "Search text is limited to 40 characters.",
        "Who signs in whose place",
        "A post that signs in its own right",
        "No dossiers in hand in this period",
        "The amount due is {told} đồng, not %(asked_for)s đồng.",
        "The value is not a whole number.",
        "Ask the administrator of your office.",
        "on time",
        "%(count)s dossiers: 100 %%",
        "{{agency}}-{{day}}",
        "understanding, standstill, recommended",
    ],
)
def test_other_texts_are_left_alone(text: str) -> None:
    assert complaints(text) == []


def test_both_forms_of_a_counted_text_are_read() -> None:
    (finding,) = complaints("one dossier", plural="%(n)s dossiers handed in")
    assert "“handed in”: write “submit”" in finding


def test_a_text_that_goes_on_from_a_label_may_begin_small() -> None:
    text = "the host name was not found."
    assert list(check([Message("a.py", 1, text)], {text: "follows the address"})) == []


def test_texts_of_templates_are_named_with_their_line() -> None:
    source = "{% load i18n %}\n{% blocktranslate %}{{ n }} signs{% endblocktranslate %}\n"
    (finding,) = check(from_template(source, "page.html"), {})
    assert (finding.path, finding.line) == ("page.html", 2)


@pytest.mark.parametrize("phrase", PHRASES)
def test_no_advice_is_refused_itself(phrase: str) -> None:
    assert list(faults(PHRASES[phrase])) == []

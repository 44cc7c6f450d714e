"""Every text a person sees is found, and its Vietnamese fits."""

from __future__ import annotations

import gettext
from pathlib import Path

import pytest
from django.template import Context, Engine
from django.utils import translation
from tools.checks.messages import Message, from_python, from_template
from tools.checks.translations import build, check, main, read_fragments, unused

PYTHON = """
from django.utils.translation import gettext as _, ngettext, pgettext_lazy
A = _("Dossiers")
B = ngettext("one case", "%(count)s cases", 3)
C = pgettext_lazy("month", "May")
D = _("two " "halves")
class Late(DomainError):
    code: ClassVar[str] = "late"
    message = "Dossier {key} is late."
class Plain:
    message = "not an error"
raise NotFound(kind="dossier", key=key)
Problem(code="blank", message="Line {line} is blank.", advice=_("Fill it in."))
log("nothing for people")
"""

TEMPLATE = """{% load i18n %}
{% translate "Home" %} {% trans 'It\\'s here' context "place" as here %}
{{ _("Inline")|upper }} {% card title=_("Card") %}
{% blocktranslate trimmed with n=total %}
  {{ n }} of
  100 %
{% endblocktranslate %}
{% blocktranslate count n=total %}one day{% plural %}{{ n }} days{% endblocktranslate %}
{% comment %}{% translate "not shown" %}{% endcomment %}
"""


def test_texts_of_a_module_are_found() -> None:
    found = {(one.line, one.msgid, one.plural, one.context) for one in from_python(PYTHON, "a.py")}
    assert found == {
        (3, "Dossiers", None, None),
        (4, "one case", "%(count)s cases", None),
        (5, "May", None, "month"),
        (6, "two halves", None, None),
        (9, "Dossier {key} is late.", None, None),
        (12, "dossier", None, None),
        (13, "Line {line} is blank.", None, None),
        (13, "Fill it in.", None, None),
    }


def test_texts_of_a_template_are_found() -> None:
    found = {(one.line, one.msgid, one.plural, one.context) for one in from_template(TEMPLATE, "a.html")}
    assert found == {
        (2, "Home", None, None),
        (2, "It's here", None, "place"),
        (3, "Inline", None, None),
        (3, "Card", None, None),
        (4, "%(n)s of 100 %%", None, None),
        (8, "one day", "%(n)s days", None),
    }


def test_the_texts_are_the_ones_django_looks_up(monkeypatch: pytest.MonkeyPatch) -> None:
    """Render the template with a catalogue that marks what it is asked for."""
    asked: set[str] = set()
    monkeypatch.setattr(translation, "gettext", lambda text: asked.add(text) or text)
    monkeypatch.setattr(translation, "ngettext", lambda one, many, _count: asked.add(one) or many)
    source = TEMPLATE.replace("{% card", "{# card").replace('("Card") %}', '("Card") #}')
    engine = Engine(libraries={"i18n": "django.templatetags.i18n"})
    engine.from_string(source).render(Context({"total": 3}))
    assert asked >= {"%(n)s of 100 %%", "one day"}


def test_the_catalogue_translates(tmp_path: Path) -> None:
    fragments = tmp_path / "locale" / "fragments"
    fragments.mkdir(parents=True)
    (fragments / "a.yaml").write_text('"Home": "Trang chủ"\n"%(n)s days": "%(n)s ngày"\n', encoding="utf-8")
    templates = tmp_path / "templates"
    templates.mkdir()
    (templates / "a.html").write_text(TEMPLATE, encoding="utf-8")
    build(tmp_path)
    with (tmp_path / "locale/vi/LC_MESSAGES/django.mo").open("rb") as file:
        catalogue = gettext.GNUTranslations(file)
    assert catalogue.gettext("Home") == "Trang chủ"
    assert catalogue.ngettext("one day", "%(n)s days", 1) == "%(n)s ngày"
    assert catalogue.gettext("Inline") == "Inline"


def test_what_is_missing_does_not_fit_or_is_unused_is_named(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text('"{n} cases": "{m} hồ sơ"\n"Old": "Cũ"\n', encoding="utf-8")
    fragments = read_fragments(tmp_path)
    messages = [Message("a.py", 1, "{n} cases"), Message("a.py", 2, "Home")]
    assert [finding.text for finding in check(messages, fragments)] == [
        "other places to fill in: '{n} cases' / '{m} hồ sơ'",
        "no Vietnamese for 'Home'",
    ]
    assert [finding.text for finding in unused(messages, fragments)] == ["unused: 'Old'"]


@pytest.mark.parametrize(
    ("content", "complaint"),
    [
        pytest.param('"A": "b"\n"A": "c"\n', "written twice", id="twice in a file"),
        pytest.param("No: Không\n", "both sides as quoted text", id="YAML's own idea of No"),
        pytest.param('"A": ""\n', "both sides as quoted text", id="empty"),
        pytest.param('"A: b\n', "not valid YAML", id="broken"),
        pytest.param('"Home": "Nhà"\n', "“Trang chủ” in a.yaml", id="against another file"),
    ],
)
def test_a_faulty_fragment_is_named(tmp_path: Path, content: str, complaint: str) -> None:
    (tmp_path / "a.yaml").write_text('"Home": "Trang chủ"\n', encoding="utf-8")
    (tmp_path / "b.yaml").write_text(content, encoding="utf-8")
    (finding,) = read_fragments(tmp_path).findings
    assert finding.path == "b.yaml"
    assert complaint in finding.text


def test_every_text_of_the_product_has_its_vietnamese() -> None:
    assert main([]) == 0

"""What a room names in text lies in itself or below it."""

from __future__ import annotations

from pathlib import Path

import pytest
from tools.checks.upward_names import check

from tests.tools.house import build_house

HOUSE = {
    "portal/web/urls.py": 'app_name = "portal"\nurlpatterns = [path("", offers, name="offers")]\n',
    "dossiers/web/urls.py": 'app_name = "dossiers"\nurlpatterns = [path("", pages, name="list")]\n',
    "config/urls.py": 'urlpatterns = [path("", home, name="home")]\n',
    "portal/templates/portal/slip.html": "<p>\n",
    "portal/templates/portal/mails/news.txt": "\n",
    "portal/static/portal/slip.js": "\n",
    "portal/templatetags/slips.py": "\n",
    "portal/models.py": "class Filing(models.Model): ...\n",
    "ui/templates/ui/page.html": "<html>\n",
    "ui/templatetags/ui.py": "\n",
}


def complaints(folder: Path, name: str, text: str) -> list[str]:
    return [str(finding) for finding in check(build_house(folder, {**HOUSE, name: text}))]


TEMPLATE = "dossiers/templates/dossiers/detail.html"
MODULE = "dossiers/web/detail.py"


@pytest.mark.parametrize(
    ("name", "text", "kind"),
    [
        pytest.param(
            TEMPLATE, "\n{% extends 'portal/slip.html' %}", "template portal/slip.html", id="extends"
        ),
        pytest.param(TEMPLATE, '\n{% include "portal/slip.html" with a=1 %}', "template", id="include"),
        pytest.param(TEMPLATE, "\n{% extends '../portal/slip.html' %}", "template", id="relative"),
        pytest.param(TEMPLATE, "\n{% include 'portal/slip.html' with p='100%' %}", "template", id="per cent"),
        pytest.param(TEMPLATE, "\n{% load i18n slips %}", "template tags slips", id="load"),
        pytest.param(TEMPLATE, "\n{% load it from slips %}", "template tags slips", id="load from"),
        pytest.param(TEMPLATE, '\n<a href="{% url "portal:offers" a.b %}">', "page portal:offers", id="url"),
        pytest.param(TEMPLATE, "\n{% url 'home' %}", "page home", id="url without namespace"),
        pytest.param(TEMPLATE, "\n{% static 'portal/slip.js' %}", "static file portal/slip.js", id="static"),
        pytest.param(MODULE, "\nreverse('portal:offers', args=[1])", "page portal:offers", id="reverse"),
        pytest.param(MODULE, "\nredirect(to_home and 'portal:offers')", "page portal:offers", id="any text"),
        pytest.param(MODULE, "\nredirect('home')", "page home", id="redirect without namespace"),
        pytest.param(MODULE, "\nreverse(f'portal:{page}')", "page portal", id="a name put together"),
        pytest.param(MODULE, "\nrender(request, 'portal/slip.html')", "template", id="render"),
        pytest.param(
            "dossiers/models.py", "\nForeignKey('portal.Filing')", "model portal.Filing", id="model"
        ),
        pytest.param(
            MODULE, "\nrender_to_string('portal/mails/news.txt')", "template portal/mails/news.txt", id="text"
        ),
        pytest.param(
            "dossiers/templates/dossiers/mail.txt",
            "\n{% include 'portal/mails/news.txt' %}",
            "template portal/mails/news.txt",
            id="a text names a text",
        ),
        pytest.param(MODULE, "\nf'portal/mails/{name}.txt'", "template folder portal/mails", id="a folder"),
        pytest.param(
            MODULE, "\napps.get_model('portal', 'Filing')", "model portal.filing", id="get_model of two"
        ),
        pytest.param(
            MODULE, "\napps.get_model('portal.filing')", "model portal.filing", id="get_model of one"
        ),
        pytest.param(
            MODULE,
            "\nget_model(app_label='portal', model_name='filing')",
            "model portal.filing",
            id="get_model by keywords",
        ),
        pytest.param(
            MODULE, "\nimport_module('congtam.portal.public')", "module congtam.portal.public", id="module"
        ),
        pytest.param(
            "imports/web/pages.py", "\nreverse('portal:offers')", "page portal:offers", id="a sibling"
        ),
    ],
)
def test_a_name_of_a_room_above_or_beside_is_reported(
    tmp_path: Path, *, name: str, text: str, kind: str
) -> None:
    (complaint,) = complaints(tmp_path, name, text)
    assert complaint.startswith(f"src/congtam/{name}:2: names the {kind}")
    assert "which is not below" in complaint


@pytest.mark.parametrize(
    ("name", "text"),
    [
        pytest.param(
            TEMPLATE, "{% extends 'ui/page.html' %}{% load ui %}{% url 'dossiers:list' %}", id="below"
        ),
        pytest.param("portal/web/filing.py", "reverse('dossiers:list')", id="from above"),
        pytest.param("config/web/home.py", "redirect('portal:offers')", id="the root"),
        pytest.param(TEMPLATE, "{% include part %}{% url page.name %}{% load i18n %}", id="variables"),
        pytest.param(TEMPLATE, "{% url 'account_login' %}", id="a library's page"),
        pytest.param(MODULE, "log('home')", id="a text that is no page"),
        pytest.param(MODULE, "verb = 'dossiers.Receive'", id="a text that is no model"),
        pytest.param("dossiers/tests/test_it.py", "reverse('portal:offers')", id="a test"),
        pytest.param("dossiers/migrations/0001_initial.py", "'portal.Filing'", id="history"),
    ],
)
def test_other_names_are_left_alone(tmp_path: Path, name: str, text: str) -> None:
    assert complaints(tmp_path, name, text) == []


@pytest.mark.parametrize(
    "tag",
    [
        "{% include x|add:'.html' %}",
        "{% include 'portal/'|add:name %}",
        "{% include 'portal/slip'|add:'.html' with a=1 %}",
        "{% extends base|default:'ui/page.html' %}",
        "{% with t=x|add:'.html' %}{% include t %}{% endwith %}",
        "{% url 'portal:'|add:page %}",
    ],
)
def test_a_name_put_together_by_a_filter_is_reported(tmp_path: Path, tag: str) -> None:
    (complaint,) = complaints(tmp_path, TEMPLATE, f"\n{tag}")
    assert complaint.startswith(f"src/congtam/{TEMPLATE}:2: names ")
    assert complaint.endswith("put together by a filter: write it out, or let the view name it")


@pytest.mark.parametrize(
    ("name", "module", "is_reported"),
    [
        (MODULE, "congtam.ui.public", False),
        (MODULE, "congtam.ui.drawing", True),
        (MODULE, "congtam.dossiers.models", False),
        (MODULE, "congtam.dossier_exports", False),
        ("portal/web/filing.py", "congtam.dossiers.printing.public", False),
        ("portal/web/filing.py", "congtam.dossiers.models", True),
        ("config/cli.py", "congtam.dossiers.cli", False),
    ],
)
def test_a_module_named_in_text_is_entered_by_its_door(
    tmp_path: Path, *, name: str, module: str, is_reported: bool
) -> None:
    found = complaints(tmp_path, name, f"import_module('{module}')")
    assert [one.rpartition(": ")[2] for one in found] == (
        [f"names the module {module}, which is no door of its room"] if is_reported else []
    )


def test_a_page_that_does_not_exist_is_reported(tmp_path: Path) -> None:
    (complaint,) = complaints(tmp_path, TEMPLATE, "{% url 'dossiers:lost' %}")
    assert complaint.endswith("names the page dossiers:lost, which does not exist")


def test_a_namespace_without_pages_is_reported(tmp_path: Path) -> None:
    (complaint,) = complaints(tmp_path, TEMPLATE, "{% url 'ui:calendar' %}")
    assert complaint.endswith("names the page ui:calendar, which does not exist")


def test_tags_of_two_rooms_may_share_a_name(tmp_path: Path) -> None:
    build_house(tmp_path, {"ui/templatetags/slips.py": ""})
    assert complaints(tmp_path, TEMPLATE, "{% load slips %}") == []

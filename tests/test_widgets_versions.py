"""The explorers keep to what ipywidgets 7.7.1, on Colab, and 8 have in common; a keyword only one knows is ignored."""

import ast
import json
from pathlib import Path

import ipywidgets
import pytest

import initlab

WIDGETS = sorted((Path(initlab.__file__).parent / "widgets").glob("*.py"))
# Written by class_trait_names() of ipywidgets 7.7.1.
OLD = json.loads((Path(__file__).parent / "data" / "ipywidgets-7.7.1-traits.json").read_text())["traits"]
ALIASES = {"ipywidgets", "w"}


def unknown_keywords(source):
    """Return (line, class, keyword) for every keyword or class that one of the two versions does not have."""
    found = []
    for node in ast.walk(ast.parse(source)):
        if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)
                and isinstance(node.func.value, ast.Name) and node.func.value.id in ALIASES):
            continue
        name = node.func.attr
        known = set(OLD.get(name, ())) & set(getattr(ipywidgets, name).class_trait_names()
                                             if hasattr(ipywidgets, name) else ())
        found += [(node.lineno, name, keyword.arg) for keyword in node.keywords if keyword.arg not in known]
        if name not in OLD:
            found.append((node.lineno, name, None))
    return found


@pytest.mark.parametrize("path", WIDGETS, ids=lambda path: path.name)
def test_widgets_are_made_with_keywords_that_both_versions_know(path):
    """Does no explorer pass a keyword that 7.7.1 or 8 would ignore in silence?"""
    assert unknown_keywords(path.read_text()) == []


def test_explorers_do_make_widgets():
    """Does the search above find the calls it is about?"""
    calls = [source.count("w.") + source.count("ipywidgets.") for source in map(Path.read_text, WIDGETS)]
    assert sum(calls) > 20


@pytest.mark.parametrize("source, found", [
    ("w.IntSlider(description='a', tooltip='b')", ("IntSlider", "tooltip")),  # only in 8
    ("w.Tab(titles=['a'])", ("Tab", "titles")),  # only in 8
    ("ipywidgets.IntSlider(description_tooltip='a')", ("IntSlider", "description_tooltip")),  # only in 7
    ("w.TagsInput()", ("TagsInput", None)),  # only in 8
])
def test_a_keyword_of_one_version_would_be_found(source, found):
    """Does the search report what only one version knows?"""
    assert [hit[1:] for hit in unknown_keywords(source)] == [found]

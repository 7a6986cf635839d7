"""environment.yml, pyproject.toml and requirements.lock name the same dependencies."""

import re
import tomllib
from pathlib import Path

import pytest
import yaml
from packaging.requirements import Requirement

ROOT = Path(__file__).parents[1]
# Names that differ between the two worlds: conda-forge splits matplotlib from its Qt window.
CONDA_NAMES = {"matplotlib-base": "matplotlib"}


def canonical(text: str) -> tuple[str, str]:
    """Return name and version bounds of a requirement, in one spelling."""
    requirement = Requirement(text)
    name = re.sub(r"[-_.]+", "-", requirement.name).lower()
    return CONDA_NAMES.get(name, name), ",".join(sorted(str(requirement.specifier).split(",")))


def project() -> dict:
    return tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


def declared() -> set[tuple[str, str]]:
    """Return what pyproject.toml asks for, extras and groups included."""
    table = project()
    groups = table["dependency-groups"]
    requirements = [
        *table["project"]["dependencies"],
        *table["project"]["optional-dependencies"]["grade"],
        *(entry for group in groups.values() for entry in group if isinstance(entry, str)),
    ]
    return {canonical(text) for text in requirements}


def test_conda_environment_names_the_same_dependencies():
    """A teacher who uses conda gets what a teacher who uses pip gets."""
    listed = yaml.safe_load((ROOT / "environment.yml").read_text(encoding="utf-8"))["dependencies"]
    (pip_part,) = (entry["pip"] for entry in listed if isinstance(entry, dict))
    python = next(entry for entry in listed if str(entry).startswith("python "))
    conda = {canonical(entry) for entry in listed if isinstance(entry, str) and entry not in ("pip", python)}
    pip = {canonical(entry) for entry in pip_part if entry != "-e ."}

    assert conda | pip == declared()
    assert "-e ." in pip_part
    assert python.removeprefix("python ") == project()["project"]["requires-python"]


@pytest.mark.parametrize("name", ["environment.yml", "pyproject.toml"])
def test_every_dependency_says_why(name):
    """Each line that asks for a package gives its reason."""
    lines = (ROOT / name).read_text(encoding="utf-8").splitlines()
    asking = [line for line in lines if re.match(r'\s*(- |")[\w-]+ ?[><=]', line)]

    assert len(asking) >= 12
    assert [line for line in asking if "#" not in line and "python >=" not in line] == []


def test_lock_pins_every_declared_dependency_with_hashes_and_no_address():
    """The lock serves any mirror: it holds versions and hashes, and names no host."""
    lock = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    pinned = set(re.findall(r"^([a-z0-9-]+)==", lock, flags=re.MULTILINE))

    assert {name for name, _ in declared()} <= pinned
    assert "://" not in lock
    entries = re.split(r"\n(?=[a-z0-9-]+==)", lock.strip())
    assert [entry.split()[0] for entry in entries if "--hash=sha256:" not in entry] == []

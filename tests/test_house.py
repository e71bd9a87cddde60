"""What holds the house together: who imports whom, texts in both languages, pages, settings."""

from __future__ import annotations

import ast
import re
import string
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from babel.messages.pofile import read_po

from govmaturity.framework.load import load_framework
from govmaturity.texts import LANGUAGES, domains
from govmaturity.units.registry import registry

ROOT = Path(__file__).resolve().parents[1]
ENGINE = ROOT / "govmaturity"
TEXTS = ENGINE / "texts"

# What each room of the engine may import, beside itself. Texts are for all.
ROOMS = {
    "texts": set(),
    "framework": {"texts"},
    "units": {"texts", "framework"},
    "values": {"texts", "framework"},
    "scoring": {"texts", "framework", "units", "values"},
    "analysis": {"texts", "framework", "units", "values", "scoring"},
    "charts": {"texts", "framework", "units", "values", "scoring", "analysis"},
    "intake": {"texts", "framework", "units", "values"},
    # Findings about files leave the product beside the scores.
    "report": {"texts", "framework", "units", "values", "scoring", "analysis", "intake"},
    # What is kept is checked, scored and published: the store uses all that makes figures.
    "store": {
        *("texts", "framework", "units", "values", "scoring", "analysis", "intake", "report")
    },
    "commands": {
        *("texts", "framework", "units", "values", "scoring", "analysis", "intake", "report"),
        "store",
    },
}

# Half a second and tens of megabytes each: imported by the functions that use
# them, so that a page or a command that needs none of them starts without.
HEAVY = (
    *("scipy.stats", "scipy.optimize", "scipy.spatial"),
    *("sklearn", "statsmodels", "SALib", "mapclassify"),
)


def python_files(*folders: str) -> list[Path]:
    """Files of the product; of a folder those inside it, of a file itself."""
    places = [ROOT / folder for folder in folders]
    return sorted(
        file for place in places for file in ([place] if place.is_file() else place.rglob("*.py"))
    )


PRODUCT = python_files("app.py", "ui", "pages", "govmaturity")
PAGES = python_files("pages")


@cache
def tree_of(file: Path) -> ast.Module:
    return ast.parse(file.read_text(encoding="utf-8"), str(file))


def imports(file: Path) -> Iterator[str]:
    """Full names of the modules that a file imports, inside functions too."""
    for node in ast.walk(tree_of(file)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{file}: imports are written in full"
            module = node.module or ""
            yield module
            # `from govmaturity import charts` imports the module charts.
            yield from (f"{module}.{alias.name}" for alias in node.names)


def name_of(file: Path) -> str:
    return str(file.relative_to(ROOT))


@pytest.mark.parametrize("file", [f for f in PRODUCT if ENGINE in f.parents], ids=name_of)
def test_the_engine_knows_neither_streamlit_nor_the_pages(file: Path):
    outside = {name.split(".")[0] for name in imports(file)}
    assert not outside & {"streamlit", "starlette", "ui", "pages", "app", "tests"}


@pytest.mark.parametrize("file", PRODUCT, ids=name_of)
def test_heavy_packages_are_imported_where_they_are_used(file: Path):
    for node in tree_of(file).body:
        if isinstance(node, ast.Import | ast.ImportFrom):
            names = [alias.name for alias in node.names]
            if isinstance(node, ast.ImportFrom):
                names += [node.module or "", *(f"{node.module}.{name}" for name in names)]
            early = [one for one in names if one.startswith(HEAVY)]
            assert not early, f"{name_of(file)} imports {early} for everybody"


def test_data_scripts_do_not_import_streamlit_either():
    for file in python_files("data", "indicators"):
        assert "streamlit" not in {name.split(".")[0] for name in imports(file)}, file


def test_every_room_of_the_engine_has_its_place_in_the_order():
    found = {path.parent.name for path in ENGINE.glob("*/__init__.py")}
    assert found == set(ROOMS)


@pytest.mark.parametrize("room", sorted(ROOMS))
def test_dependencies_point_one_way(room: str):
    for file in (ENGINE / room).rglob("*.py"):
        for name in imports(file):
            parts = name.split(".")
            if parts[0] == "govmaturity" and len(parts) > 1 and parts[1] in ROOMS:
                assert parts[1] in ROOMS[room] | {room}, f"{name_of(file)} imports {name}"


def test_the_order_of_the_rooms_has_no_circle():
    left = dict(ROOMS)
    while left:
        free = {room for room, needs in left.items() if not needs & set(left)}
        assert free, f"a circle among {sorted(left)}"
        left = {room: needs for room, needs in left.items() if room not in free}


def test_only_the_command_line_and_the_app_stand_above_all_rooms():
    assert {path.name for path in ENGINE.glob("*.py")} == {"__init__.py", "__main__.py"}
    assert list(imports(ENGINE / "__init__.py")) == []
    for file in PRODUCT:
        assert "govmaturity.__main__" not in set(imports(file)), file


# Texts ---------------------------------------------------------------------------------------


@cache
def catalogue(language: str) -> dict[str, tuple[str, ...]]:
    """Every key with its sentences: one, or one per plural form."""
    found: dict[str, tuple[str, ...]] = {}
    for file in sorted((TEXTS / language).glob("*.po")):
        with file.open("rb") as source:
            read = read_po(source, locale=language, abort_invalid=True)
        for message in read:
            if not message.id:
                continue
            key = message.id if isinstance(message.id, str) else message.id[0]
            assert key not in found, f"{key} stands twice in {language}"
            assert key.split(".")[0] == file.stem, f"{key} stands in {file.name}"
            assert not message.fuzzy, f"{key} is fuzzy in {language}"
            forms = message.string
            found[key] = (forms,) if isinstance(forms, str) else tuple(forms)
    return found


def slots(sentence: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(sentence) if name is not None}


def test_both_languages_have_the_same_catalogues_and_keys():
    files = [{path.name for path in (TEXTS / one).iterdir()} for one in LANGUAGES]
    assert files[0] == files[1]
    assert set(domains()) == {Path(name).stem for name in files[0]}
    assert set(catalogue("zh")) == set(catalogue("en"))


def test_every_sentence_has_words_and_the_same_slots_in_both_languages():
    for key, forms in catalogue("zh").items():
        others = catalogue("en")[key]
        assert all(forms), f"{key} is empty in zh"
        assert all(others), f"{key} is empty in en"
        assert set.union(*map(slots, forms)) == set.union(*map(slots, others)), key


def test_plural_forms_are_complete_and_counted_by_the_slot_n():
    ids = {}
    for language, number in {"zh": 1, "en": 2}.items():
        for file in sorted((TEXTS / language).glob("*.po")):
            with file.open("rb") as source:
                read = read_po(source, locale=language, abort_invalid=True)
            assert read.num_plurals == number, file
            for message in read:
                if message.id and message.pluralizable:
                    assert message.id[0] == message.id[1], file
                    assert len(message.string) == number, message.id
                    assert "n" in slots(message.string[-1]), message.id
                    ids.setdefault(language, set()).add(message.id[0])
    assert ids["zh"] == ids["en"]


def test_chinese_texts_are_in_chinese():
    han = re.compile(r"[\u4e00-\u9fff]")
    # What is made of slots, figures and Latin names alone is the same in both languages.
    the_same = re.compile(r"\{[^}]*\}|[A-Za-z0-9]+|\W+")
    for key, forms in catalogue("zh").items():
        assert han.search("".join(forms)) or not the_same.sub("", "".join(forms)), key


def calls_of_say() -> Iterator[tuple[str, ast.expr]]:
    """Where a text is asked for, and the expression that says which."""
    for file in PRODUCT:
        for node in ast.walk(tree_of(file)):
            if isinstance(node, ast.Call) and node.args:
                name = getattr(node.func, "attr", getattr(node.func, "id", ""))
                if name == "say":
                    yield f"{name_of(file)}:{node.lineno}", node.args[0]


def keys_in(expression: ast.expr) -> Iterator[str | re.Pattern[str]]:
    """The literal keys of an expression, patterns for those with a placeholder."""
    if isinstance(expression, ast.IfExp):
        yield from keys_in(expression.body)
        yield from keys_in(expression.orelse)
    elif isinstance(expression, ast.Constant):
        yield str(expression.value)
    elif isinstance(expression, ast.JoinedStr):
        parts = [
            re.escape(str(part.value)) if isinstance(part, ast.Constant) else "(.+)"
            for part in expression.values
        ]
        yield re.compile("".join(parts))


def test_every_text_that_is_asked_for_exists():
    known = catalogue("en")
    for place, expression in calls_of_say():
        for key in keys_in(expression):
            if isinstance(key, str):
                assert key in known, f"{place}: no text {key!r}"
            else:
                assert any(key.fullmatch(one) for one in known), f"{place}: none like {key.pattern}"


def literals() -> set[str]:
    """Every string in the code of the product."""
    return {
        node.value
        for file in PRODUCT
        for node in ast.walk(tree_of(file))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }


def patterns() -> list[re.Pattern[str]]:
    """Every string with a placeholder in the code of the product."""
    return [
        key
        for file in PRODUCT
        for node in ast.walk(tree_of(file))
        if isinstance(node, ast.JoinedStr)
        for key in keys_in(node)
        if isinstance(key, re.Pattern) and re.search(r"[a-z]{3}", key.pattern)
    ]


def words_of_units() -> set[str]:
    """Kinds and groups of the registry, as keys."""
    words = {word for unit in registry() for word in (unit.kind, unit.group) if word}
    return {re.sub(r"\W+", "_", word) for word in words}


def test_every_kind_and_group_of_units_has_words():
    assert {f"units.{word}" for word in words_of_units()} <= set(catalogue("en"))


def test_no_text_is_left_that_nobody_says():
    # Kinds and groups of units come from the registry; one text is only the example of `say`.
    said = literals() | words_of_units() | {"common.units_counted"}
    with_placeholder = patterns()

    def is_said(text: str, depth: int = 0) -> bool:
        # What fills a placeholder is itself a word of the code, or made with a placeholder.
        if text in said or text.replace("_", " ") in said:
            return True
        return depth < 3 and any(
            all(is_said(part, depth + 1) for part in found.groups())
            for pattern in with_placeholder
            if (found := pattern.fullmatch(text))
        )

    assert [key for key in catalogue("en") if not is_said(key)] == []


# Pages ---------------------------------------------------------------------------------------


def is_constant(statement: ast.stmt) -> bool:
    """A name in capitals for a literal: it draws nothing."""
    return (
        isinstance(statement, ast.Assign)
        and all(isinstance(one, ast.Name) and one.id.isupper() for one in statement.targets)
        and not any(isinstance(node, ast.Call) for node in ast.walk(statement.value))
    )


@pytest.mark.parametrize("file", PAGES, ids=lambda file: file.stem)
def test_every_page_calls_its_frame_before_anything_else(file: Path):
    body = tree_of(file).body
    assert ast.get_docstring(tree_of(file)), "a page says which question it answers"
    doing = [
        statement
        for statement in body[1:]
        if not isinstance(statement, ast.Import | ast.ImportFrom) and not is_constant(statement)
    ]
    first: Any = doing[0]
    assert isinstance(first, ast.Assign)
    assert first.targets[0].id == "view"
    assert first.value.func.id in ("frame", "bare_frame")
    assert [argument.value for argument in first.value.args] == [file.stem]


def test_the_frame_calls_the_guard_before_anything_else():
    functions = {
        node.name: node
        for node in tree_of(ROOT / "ui" / "frame.py").body
        if isinstance(node, ast.FunctionDef)
    }

    def first_call(name: str) -> str:
        body = functions[name].body
        start = 1 if ast.get_docstring(functions[name]) else 0
        return next(
            node.func.id
            for node in ast.walk(body[start])
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)
        )

    assert first_call("frame") == first_call("bare_frame") == "_open"
    assert first_call("_open") == "guard"


def test_every_page_is_in_the_navigation_and_has_its_texts():
    groups: dict[str, tuple[str, ...]] = {}
    for node in tree_of(ROOT / "ui" / "main.py").body:
        if isinstance(node, ast.Assign) and getattr(node.targets[0], "id", "") == "GROUPS":
            groups = ast.literal_eval(node.value)
    listed = [name for names in groups.values() for name in names]
    assert sorted(listed) == [file.stem for file in PAGES]
    for name in listed:
        assert {f"pages.{name}", f"pages.{name}_question"} <= set(catalogue("en"))


# Frameworks and settings ---------------------------------------------------------------------

FRAMEWORKS = sorted((ROOT / "indicators").rglob("*.yaml"))


@pytest.mark.parametrize("file", FRAMEWORKS, ids=lambda file: file.stem)
def test_every_indicator_has_two_names_a_source_and_a_direction(file: Path):
    framework = load_framework(file)
    for id_, indicator in framework.indicators.items():
        assert re.search(r"[\u4e00-\u9fff]", indicator.name.zh), id_
        assert not re.search(r"[\u4e00-\u9fff]", indicator.name.en), id_
        basis = indicator.goalposts.basis if indicator.goalposts else None
        assert indicator.source or indicator.cite or basis, id_
        assert indicator.direction or indicator.measure == "choice", id_


def settings() -> dict[str, str]:
    """Names of the environment settings that the product reads, and where."""
    found: dict[str, str] = {}
    for file in PRODUCT:
        constants = {
            target.id: statement.value.value
            for statement in tree_of(file).body
            if isinstance(statement, ast.Assign | ast.AnnAssign)
            and isinstance(statement.value, ast.Constant)
            for target in getattr(statement, "targets", [getattr(statement, "target", None)])
            if isinstance(target, ast.Name)
        }
        for node in ast.walk(tree_of(file)):
            asked = None
            if isinstance(node, ast.Subscript) and ast.unparse(node.value) == "os.environ":
                asked = node.slice
            elif isinstance(node, ast.Call) and ast.unparse(node.func) in (
                "os.environ.get",
                "os.getenv",
            ):
                asked = node.args[0]
            if isinstance(asked, ast.Constant):
                found[asked.value] = name_of(file)
            elif isinstance(asked, ast.Name) and asked.id in constants:
                found[constants[asked.id]] = name_of(file)
    return found


def test_the_settings_are_found():
    assert set(settings()) >= {"GOVMATURITY_HOME", "SOURCE_DATE_EPOCH"}


def test_every_setting_is_documented():
    text = (ROOT / "docs" / "operation.md").read_text(encoding="utf-8")
    assert [name for name in settings() if name not in text] == []

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from crawler.errors import SourceFileError, UnknownSource
from crawler.sources import Source, load_sources, select
from tests.crawler.sources.broken_files import BROKEN
from tests.crawler.sources.conftest import FIVE_LINES

Write = Callable[..., Path]


def problems_of(*paths: Path) -> list[str]:
    with pytest.raises(SourceFileError) as caught:
        load_sources(paths)
    return caught.value.problems


def test_five_lines_are_a_source(write: Write) -> None:
    sources = load_sources([write(FIVE_LINES)])
    assert list(sources) == ["herald"]


@pytest.mark.parametrize(("text", "line", "message"), [case[1:] for case in BROKEN], ids=[case[0] for case in BROKEN])
def test_a_mistake_is_named_with_file_line_and_key(write: Write, text: str, line: int, message: str) -> None:
    file = write(text)
    (problem,) = problems_of(file)
    assert problem.startswith(f"{file}:{line}: {message}")


def test_a_mistake_is_one_line(write: Write) -> None:
    for _, text, _, _ in BROKEN:
        assert "\n" not in problems_of(write(text))[0]


def test_all_mistakes_of_all_files_come_at_once(write: Write) -> None:
    first = write('[a]\nname = "A"\nlanguage = "kz"\nhome = "ftp://a.example/"\n\n[b]\nnom = "B"\n', "a.toml")
    second = write("[c\n", "b.toml")
    third = write('[d]\nname = ""\nlanguage = "az"\n', "c.toml")
    problems = [problem.split(": ", 1)[0] for problem in problems_of(first, second, third)]
    assert problems == [
        f"{first}:3",
        f"{first}:4",
        f"{first}:6",
        f"{first}:7",
        f"{second}:1",
        f"{third}:2",
    ]


def test_an_id_in_two_files_names_both_places(write: Write) -> None:
    first, second = write(FIVE_LINES, "a.toml"), write(f"# mine\n{FIVE_LINES}", "b.toml")
    assert problems_of(first, second) == [f"{second}:2: [herald] is declared already at {first}:1"]


def test_a_folder_gives_its_toml_files_sorted_by_id(write: Write, tmp_path: Path) -> None:
    write(FIVE_LINES, "z.toml")
    write(FIVE_LINES.replace("[herald]", "[zeitung]"), "a.toml")
    write("not TOML", "notes.txt")
    assert list(load_sources([tmp_path])) == ["herald", "zeitung"]


def test_a_file_named_twice_is_read_once(write: Write, tmp_path: Path) -> None:
    file = write(FIVE_LINES)
    assert list(load_sources([tmp_path, file, file])) == ["herald"]


@pytest.mark.parametrize("text", ["", "\n\n", "# nothing yet\n", "\ufeff"])
def test_an_empty_file_holds_no_sources(write: Write, text: str) -> None:
    assert load_sources([write(text)]) == {}


@pytest.mark.parametrize(
    "text", ["\ufeff" + FIVE_LINES, FIVE_LINES.replace(" = ", "\t=\t"), FIVE_LINES.replace("\n", "\r\n")]
)
def test_byte_order_mark_tabs_and_windows_line_ends_are_fine(write: Write, text: str) -> None:
    assert list(load_sources([write(text)])) == ["herald"]


def test_lines_are_counted_in_a_windows_file_too(write: Write) -> None:
    file = write(f'\ufeff{FIVE_LINES}kind = "ngo"\n'.replace("\n", "\r\n"))
    assert problems_of(file)[0].startswith(f"{file}:6: [herald] kind:")


def test_a_huge_file_is_refused(write: Write) -> None:
    file = write("#" * 1_000_001)
    assert problems_of(file) == [f"{file}: is larger than 1,000,000 bytes"]


def test_text_that_is_not_utf8_is_refused_with_its_line(write: Write) -> None:
    file = write(b'[herald]\nname = "\xe3\xe0\xe7\xe5\xf2\xe0"\n')
    assert problems_of(file) == [f"{file}:2: is not UTF-8"]


def test_deep_nesting_is_refused(write: Write) -> None:
    file = write("a = " + "[" * 50_000 + "]" * 50_000)
    assert problems_of(file) == [f"{file}: is nested too deeply"]


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    file = tmp_path / "gone.toml"
    assert problems_of(file) == [f"{file}: cannot be read: No such file or directory"]


def test_a_folder_without_sources_is_named(tmp_path: Path) -> None:
    assert problems_of(tmp_path) == [f"{tmp_path}: holds no *.toml file"]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=200)
@given(data=st.data())
def test_whatever_is_damaged_the_place_is_in_the_file(write: Write, data: st.DataObject) -> None:
    whole = FIVE_LINES + "feeds2 = [\n  \"a\", # one\n]\n[herald.page]\nremove = [\n  '.ad',\n]\n"
    start = data.draw(st.integers(0, len(whole)))
    text = whole[:start] + data.draw(st.text("[]{}=.,\"'#\n\\ ax", max_size=4)) + whole[start:]
    file = write(text[: data.draw(st.integers(start, len(text)))])
    try:
        load_sources([file])
    except SourceFileError as error:
        lines = [int(problem.removeprefix(f"{file}:").split(":")[0]) for problem in error.problems]
        assert all(1 <= line <= text.count("\n") + 1 for line in lines)


@pytest.fixture
def three(write: Write) -> dict[str, Source]:
    texts = [FIVE_LINES.replace("herald", id) for id in ("astana-times", "herald", "kun")]
    return load_sources([write("".join([*texts, 'off = "asleep"\n']))])


def test_selecting_nothing_gives_all_that_are_in_use(three: dict[str, Source]) -> None:
    assert list(select(three, [])) == ["astana-times", "herald"]


def test_sources_are_selected_in_the_order_asked_for(three: dict[str, Source]) -> None:
    assert list(select(three, ["kun", "herald", "kun"])) == ["kun", "herald"]


@pytest.mark.parametrize(
    ("asked", "meant"), [("heralt", "herald"), ("Astana_Times", "astana-times"), ("kun.example", "kun")]
)
def test_an_unknown_source_comes_with_what_may_be_meant(three: dict[str, Source], asked: str, meant: str) -> None:
    with pytest.raises(UnknownSource, match=rf"{asked}: no such source; did you mean {meant}\?"):
        select(three, ["herald", asked])


def test_what_stands_before_the_first_source_is_true_of_all_that_do_not_say_otherwise(write: Write) -> None:
    entries = (
        '[a]\nname = "A"\nlanguage = "kk"\nhome = "https://a.example/"\n',
        ('[b]\nname = "B"\nlanguage = "kk"\nhome = "https://b.example/"\nzone = "Asia/Bishkek"\n'),
    )
    sources = load_sources([write('country = "KZ"\nzone = "Asia/Almaty"\n\n' + "\n".join(entries))])
    assert [(source.country, source.zone) for source in sources.values()] == [
        ("KZ", "Asia/Almaty"),
        ("KZ", "Asia/Bishkek"),
    ]


def test_a_mistake_before_the_first_source_is_told_once(write: Write) -> None:
    file = write(f'country = "KZ"\nzone = "Asia/Astana"\n\n{FIVE_LINES}\n{FIVE_LINES.replace("[herald]", "[other]")}')
    (problem,) = problems_of(file)
    assert problem.startswith(f"{file}:2: zone: ")

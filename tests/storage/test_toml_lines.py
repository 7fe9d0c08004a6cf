from __future__ import annotations

import pytest

from storage.toml_lines import Lines

TEXT = '''\
# [herald] in a comment is none
[herald]
name = "a # is no comment, a [bracket] no table, and \\" no end" # but this is
language = 'az'

feeds = [ # several lines
  "https://herald.example/1", # [
  "https://herald.example/2",
]
unverified = { feeds = ["https://herald.example/3"] }
page.remove = [".ad"]
page.boilerplate = [
  """
  [not] = "a table"
  key = 1
  """,
  \'\'\'
  kind = 'state' ]]]
  \'\'\',
]
kind = "state"

  [ herald . editions . "ru" ]
  "feeds" = [["nested"], [{deep = "yes"}]]
  home = "https://herald.example/ru"
[1news]
name = "1"
editions.az.home = "https://1news.example/az"
[gazeta."two.parts"]
'''


@pytest.mark.parametrize(
    ("path", "line"),
    [
        (["herald"], 2),
        (["herald", "name"], 3),
        (["herald", "language"], 4),
        (["herald", "feeds"], 6),
        (["herald", "unverified", "feeds"], 10),
        (["herald", "page"], 11),
        (["herald", "page", "remove"], 11),
        (["herald", "page", "boilerplate"], 12),
        (["herald", "kind"], 21),
        (["herald", "editions"], 23),
        (["herald", "editions", "ru"], 23),
        (["herald", "editions", "ru", "feeds"], 24),
        (["herald", "editions", "ru", "home"], 25),
        (["1news"], 26),
        (["1news", "editions", "az", "home"], 28),
        (["gazeta", "two.parts"], 29),
    ],
)
def test_a_key_is_found(path: list[str], line: int) -> None:
    assert Lines(TEXT).find(path) == line


@pytest.mark.parametrize(("path", "line"), [(["herald", "zone"], 2), (["herald", "editions", "ru", "zone"], 23)])
def test_a_key_that_is_missing_is_placed_at_its_table(path: list[str], line: int) -> None:
    assert Lines(TEXT).find(path) == line


@pytest.mark.parametrize(
    ("index", "value", "line"),
    [(0, "https://herald.example/1", 7), (1, "https://herald.example/2", 8), (2, "elsewhere", 6)],
)
def test_a_value_in_a_long_list_is_found(index: int, value: str, line: int) -> None:
    assert Lines(TEXT).find(["herald", "feeds", index], value) == line


def test_a_large_file_is_read_in_one_pass() -> None:
    text = "".join(f'[s{n}]\nname = "{n}"\nfeeds = ["https://{n}.example/rss"]\n' for n in range(5_000))
    assert Lines(text).find(["s4999", "feeds"]) == 15_000


def test_a_table_that_is_nested_without_end_is_found_by_its_beginning() -> None:
    assert Lines("\n[" + ".".join("a" * 20_000) + "]\n").find(["a"] * 20_000) == 2

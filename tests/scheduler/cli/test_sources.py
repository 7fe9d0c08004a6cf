"""``khabar sources``: what needs no network."""

from __future__ import annotations

from tests.scheduler.cli.shell import Shell


def test_the_list_as_data(shell: Shell) -> None:
    (source,) = shell.khabar("sources", "list", "--json").json
    assert (source["id"], source["languages"]) == ("herald", ["en"])
    assert source["entry_points"][0]["url"] == "https://herald.example/rss"


def test_the_list_for_people(shell: Shell) -> None:
    out = shell.khabar("sources", "list").out
    assert "herald  AZ" in out
    assert out.endswith("1 sources\n")


def test_the_built_in_registry_has_no_mistake(shell: Shell) -> None:
    shell.write("khabar.toml", "")
    done = shell.khabar("sources", "check")
    assert (done.code, "the built-in registry: no mistake found" in done.out) == (0, True)


def test_all_mistakes_of_all_files_are_told_with_their_place(shell: Shell) -> None:
    first = shell.write(
        "first.toml", '[one]\nname = "One"\nlanguage = "en"\nfeeds = ["ftp://one.example/"]\ncolour = 1\n'
    )
    second = shell.write("second.toml", "[two\n")
    done = shell.khabar("sources", "check", first, second, "sources.toml")
    told = "\n".join(done.lines)
    assert done.code == 1
    for words in (f"{first}:4: ", f"{first}:5: ", f"{second}:1: "):
        assert words in told
    assert done.lines[-1] == "3 mistakes"


def test_an_exported_list_comes_back_as_the_same_feeds(shell: Shell) -> None:
    exported = shell.khabar("sources", "export").out
    imported = shell.khabar("sources", "import", shell.write("list.opml", exported))
    assert (imported.code, imported.err) == (0, "")
    copy = shell.write("copy.toml", imported.out)
    assert shell.khabar("sources", "check", copy).code == 0
    shell.write("khabar.toml", '[crawl]\nsources = ["copy.toml"]\n')
    assert shell.khabar("sources", "export").out == exported


def test_feeds_that_cannot_be_used_are_named_and_skipped(shell: Shell) -> None:
    outlines = '<outline text="Good" xmlUrl="https://good.example/rss"/><outline text="Bad" xmlUrl="javascript:1"/>'
    path = shell.write("list.opml", f'<opml version="2.0"><body>{outlines}</body></opml>')
    done = shell.khabar("sources", "import", path)
    assert "good.example" in done.out
    assert len(done.lines) == 1
    assert "skipped" in done.lines[0]

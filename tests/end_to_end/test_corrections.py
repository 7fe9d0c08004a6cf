"""One article is corrected and another taken down, hours after they were first read: a reader can see both."""

from __future__ import annotations

from tests.clock import ahead
from tests.end_to_end.workspace import Workspace
from tests.replica.server import Replica

SOURCE, EDITED, REMOVED = "courier", "fund-backs-issyk-kul-projects", "baku-dushanbe-route-returns"


def test_what_a_publisher_corrects_or_takes_down_is_shown(workspace: Workspace, replica: Replica) -> None:
    urls = {item.article.slug: item.url for item in replica.published() if item.article.outlet == SOURCE}
    workspace.run("crawl", SOURCE)
    replica.edit(SOURCE, EDITED)
    replica.remove(SOURCE, REMOVED)
    for hours in (6.1, 7.2):
        done = workspace.run("crawl", SOURCE, environment=ahead(hours))
        assert done.returncode == 0, done.stderr

    edited = workspace.run("show", urls[EDITED], "--diff").stdout
    assert "title and text" in edited
    assert "Azerbaijan-Kyrgyz fund backs [-hotel, fruit plant and trout farm-]{+four projects+} on Issyk-Kul" in edited
    assert "[-three-]{+four+} projects worth $[-18-]{+21+} million" in edited
    assert len(workspace.json("search", "Kyzyl-Tuu yurts", "--source", SOURCE)) == 1
    assert "taken down" in workspace.run("show", urls[REMOVED]).stdout

"""A digest as a message of Slack: a line a story, in the few signs that it understands."""

from __future__ import annotations

from scheduler.digest.model import Digest
from scheduler.digest.phrases import subject
from scheduler.digest.story_model import Story

MAX_STORIES = 30
"""Slack cuts a message after 40,000 characters."""
MAX_TEXT = 38_000


def slack_text(digest: Digest) -> str:
    """The subject and the stories in the order of the page, each a link with its pairs and how many report it."""
    stories = digest.stories
    lines = [f"*{escaped(subject(digest))}*", *(_line(story) for story in stories[:MAX_STORIES])]
    if rest := len(stories) - MAX_STORIES:
        lines += [f"+ {rest}"] if rest > 0 else []
    text = ""
    for line in lines:
        if len(text) + len(line) >= MAX_TEXT:
            break
        text += f"{line}\n"
    return text.rstrip()


def escaped(text: str) -> str:
    """`text` without anything that Slack would take for a link, a mention or a channel."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _line(story: Story) -> str:
    headline = escaped(story.headline)
    if story.best.url and "|" not in story.best.url:
        headline = f"<{escaped(story.best.url)}|{headline.replace('|', '¦')}>"
    return f"• {headline} ({', '.join(story.pairs)}; {escaped(story.best.outlet.name)}, {story.outlet_count})"

"""What a profile asks for: which articles and which stories its readers want to see."""

from __future__ import annotations

from collections.abc import Sequence

from scheduler.config import Profile
from scheduler.digest.model import Digest
from scheduler.digest.story_model import Story
from storage.records import Activity, Article, Relevance


def keeps_silent(profile: Profile, digest: Digest) -> bool:
    """Whether the digest has nothing to say, and its readers do not want to be told so."""
    return profile.empty == "silent" and not digest.stories and not digest.corrections


def wants_article(profile: Profile, article: Article) -> bool:
    """By language and, of an article with a tie, by score."""
    if profile.languages and (article.lang or article.tagging.lang) not in profile.languages:
        return False
    return article.tagging.relevance is Relevance.NONE or article.tagging.score >= profile.minimum_score


def wants_story(profile: Profile, story: Story) -> bool:
    """By pair and topic."""
    return _meet(profile.pairs, story.pairs) and _meet(profile.topics, story.topics)


def wants_aside(profile: Profile, article: Article) -> bool:
    """Whether an article outside of the stories may be listed; a near miss has no pair to tell."""
    pairs = [tie.pair for tie in article.tagging.ties]
    return (not pairs or _meet(profile.pairs, pairs)) and (
        not article.tagging.topics or _meet(profile.topics, article.tagging.topics)
    )


def wants_activity(profile: Profile, activity: Activity) -> bool:
    """Whether an article of the last weeks would have been in."""
    return (
        (not profile.languages or activity.lang in profile.languages)
        and activity.score >= profile.minimum_score
        and _meet(profile.pairs, tuple(activity.pairs))
        and _meet(profile.topics, activity.topics)
    )


def _meet(wanted: Sequence[str], found: Sequence[str]) -> bool:
    """Whether one of `wanted` is among `found`; nothing wanted in particular is everything."""
    return not wanted or not set(wanted).isdisjoint(found)

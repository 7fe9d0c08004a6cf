"""OPML 2.0, the list of feeds that every feed reader knows: our sources out, a reader's list in."""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Annotated, Any

from lxml import etree
from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError

from crawler.errors import SourceFileError
from crawler.sources.addresses import host_key, origin
from crawler.sources.entry_points import EntryPoint, Kind
from crawler.sources.slugs import free_id, slug
from crawler.sources.source import Source
from crawler.sources.values import Country, Language, Name, Url

MAX_OPML_BYTES = 2_000_000
MAX_OUTLINES = 2_000


@dataclass(frozen=True, slots=True)
class OpmlImport:
    """What came of an OPML file."""

    toml: str
    """Text of a source file; empty when no outline could be used."""
    ids: tuple[str, ...]
    """The sources in it, in order."""
    problems: tuple[str, ...]
    """One line for each outline that was skipped."""


def export_opml(sources: Mapping[str, Source]) -> str:
    """All feeds but guesses, one outline a feed. Feeds with a day in their address are left out."""
    root = etree.Element("opml", version="2.0")
    etree.SubElement(etree.SubElement(root, "head"), "title").text = "Khabar sources"
    body = etree.SubElement(root, "body")
    for source in sources.values():
        for point in source.declared:
            if point.kind is Kind.FEED and point.verified and "{" not in point.url:
                etree.SubElement(body, "outline", _attributes(source, point))
    text = etree.tostring(root, encoding="unicode", pretty_print=True)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{text}'


def _attributes(source: Source, point: EntryPoint) -> dict[str, str]:
    attributes = {
        "type": "rss",
        "text": source.name,
        "title": source.name,
        "xmlUrl": point.url,
        "htmlUrl": source.home,
        "language": point.lang,
        "category": source.country,
    }
    return {name: value for name, value in attributes.items() if value is not None}


def import_opml(text: bytes, *, taken_ids: Collection[str], language: str | None = None) -> OpmlImport:
    """Sources for the feeds of an OPML file; outlines with the same title and site become one source.

    `language` is that of outlines that name none. Raises SourceFileError for what is not OPML or too large.
    """
    problems: list[str] = []
    sites: dict[tuple[str, str], list[_Outline]] = {}
    for element in _outlines(text):
        try:
            outline = _Outline.model_validate({"language": language, **element.attrib})
        except ValidationError as error:
            problems.append(f"line {element.sourceline}: {_complaint(error)}; skipped")
        else:
            sites.setdefault((outline.title, outline.html_url or origin(outline.xml_url)), []).append(outline)
    declarations: dict[str, str] = {}
    for outlines in sites.values():
        id = free_id(_id_of(outlines[0]), {*taken_ids, *declarations})
        declarations[id] = _declaration(id, outlines)
    return OpmlImport("\n".join(declarations.values()), tuple(declarations), tuple(problems))


def _empty_is_none(value: object) -> object:
    return value or None


def _primary_language(value: object) -> object:
    """``en`` of ``en-us``: feed readers write either."""
    return re.split(r"[-_]", value.strip().lower())[0] or None if isinstance(value, str) else value


def _country_or_none(value: object) -> object:
    """Other readers put folders and tags where we put the country."""
    return value if isinstance(value, str) and re.fullmatch(r"[A-Z]{2}", value) else None


class _Outline(BaseModel):
    """The attributes of an outline that we use."""

    model_config = ConfigDict(extra="ignore", frozen=True)

    text: str = ""
    title: Name = Field(default_factory=lambda data: data["text"], validate_default=True)
    xml_url: Url = Field(alias="xmlUrl")
    html_url: Annotated[Url | None, BeforeValidator(_empty_is_none)] = Field(None, alias="htmlUrl")
    language: Annotated[Language, BeforeValidator(_primary_language)]
    category: Annotated[Country | None, BeforeValidator(_country_or_none)] = None


def _complaint(error: ValidationError) -> str:
    found: Mapping[str, Any] = error.errors(include_url=False)[0]
    key = found["loc"][0]
    if key == "language" and found["input"] is None:
        return "language: is missing; say which language the list is in"
    cause = "is missing" if found["type"] == "missing" else found["msg"].removeprefix("Value error, ")
    return f"{key}: {cause}"


def _outlines(text: bytes) -> Iterator[Any]:
    """The outlines that stand for a feed; folders are looked into."""
    if len(text) > MAX_OPML_BYTES:
        raise SourceFileError([f"OPML is larger than {MAX_OPML_BYTES:,} bytes"])
    # No entities, no external DTD, no huge trees: the file comes from anywhere.
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.fromstring(text, parser)
    except etree.XMLSyntaxError as error:
        raise SourceFileError([f"is not valid OPML: {error.msg}"]) from error
    if root.tag != "opml":
        raise SourceFileError([f"is not OPML: its root is <{root.tag}>"])
    feeds = [element for element in root.iter("outline") if "xmlUrl" in element.attrib or not len(element)]
    if len(feeds) > MAX_OUTLINES:
        raise SourceFileError([f"OPML holds more than {MAX_OUTLINES:,} feeds"])
    return iter(feeds)


def _id_of(outline: _Outline) -> str:
    host = host_key(outline.html_url or outline.xml_url) or ""
    return slug(outline.title) or slug(host) or "source"


def _declaration(id: str, outlines: list[_Outline]) -> str:
    first = outlines[0]
    languages = list(dict.fromkeys(outline.language for outline in outlines))
    lines = [f"[{id}]", f"name = {_quoted(first.title)}"]
    if len(languages) == 1:
        lines.append(f"language = {_quoted(languages[0])}")
    if first.html_url:
        lines.append(f"home = {_quoted(first.html_url)}")
    if first.category:
        lines.append(f"country = {_quoted(first.category)}")
    for language in languages:
        key = "feeds" if len(languages) == 1 else f"editions.{language}.feeds"
        feeds = dict.fromkeys(outline.xml_url for outline in outlines if outline.language == language)
        lines.append(f"{key} = [{', '.join(map(_quoted, feeds))}]")
    return "\n".join(lines) + "\n"


def _quoted(text: str) -> str:
    """A TOML basic string: JSON escapes are valid in it, and control characters were refused before."""
    return json.dumps(text, ensure_ascii=False)

import pytest

from crawler.ties.lexicon import load_lexicon
from crawler.ties.mentions import read_mentions
from crawler.ties.scan import Scanner
from crawler.ties.tagger import load_tagger


@pytest.fixture(scope="session")
def scanner():
    return Scanner(load_lexicon())


@pytest.fixture(scope="session")
def tagger():
    return load_tagger()


@pytest.fixture
def countries(scanner):
    """The countries that a text names, as far as the names count."""

    def read(text, lang="en", title=""):
        reading = read_mentions(scanner.scan(title, text, lang))
        return {mention.country for mention in reading.mentions}

    return read


@pytest.fixture
def rules(scanner):
    """The rules by which names of a text do not count."""

    def read(text, lang="en", title=""):
        reading = read_mentions(scanner.scan(title, text, lang))
        return {item.rule for item in reading.set_aside}

    return read

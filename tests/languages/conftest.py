"""A language that marks what is said."""

from collections.abc import Iterator

import pytest

from tests.languages.marks import marked
from tests.languages.sentences import films, page
from warpviz.languages import language as languages
from warpviz.languages.plurals import PLURALS


@pytest.fixture(scope="module")
def code() -> Iterator[str]:
    """A language in which every sentence that is found in the code stands between marks."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setitem(languages.LANGUAGES, "xx", "marks")
        patch.setitem(PLURALS, "xx", PLURALS["en"])
        own = {each: marked(each) for each in films() | page()}
        lists = {each: each for each in (", ", "; ", " or ")}
        table = {"player": {each: own[each] for each in page()}, "films": own | lists}
        known = languages.sections_of
        patch.setattr(languages, "sections_of", lambda code: table if code == "xx" else known(code))
        languages.language_of.cache_clear()
        yield "xx"
    languages.language_of.cache_clear()

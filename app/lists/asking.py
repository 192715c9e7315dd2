"""What the address asks of a list: words, filters, order, page, what is ticked, a file."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from typing import TypedDict, Unpack

from app.core.folding import printable

PAGE_SIZE = 50
# Before a column's key: the other way round.
BACKWARDS = "-"
FILES = ("csv", "xlsx")
# A hand scanner types all of a ticket's code here; of words the search itself takes fewer.
LONGEST_TYPED = 400
PAGE, ALL = "page", "all"
# Nobody turns so many pages; a database takes no number of any length.
MOST_PAGES = 100_000


class ListChanges(TypedDict, total=False):
    """What another address of the same list asks otherwise."""

    search: str
    chosen: Mapping[str, str]
    sort: str
    page: int
    tick: str
    file: str


@dataclass(frozen=True)
class ListAddress:
    """One list as its address asks for it; `sort` is the key of a column, perhaps backwards."""

    search: str = ""
    chosen: Mapping[str, str] = field(default_factory=dict)
    sort: str = ""
    page: int = 1
    tick: str = ""
    file: str = ""

    @property
    def sorted_by(self) -> str:
        """The key of the column that orders the rows."""
        return self.sort.removeprefix(BACKWARDS)

    @property
    def backwards(self) -> bool:
        """Whether the last comes first."""
        return self.sort.startswith(BACKWARDS)

    @property
    def is_narrowed(self) -> bool:
        """Whether some rows may be hidden by what is asked."""
        return bool(self.search or self.chosen)

    def parameters(self, begins: str, /, **changes: Unpack[ListChanges]) -> dict[str, str]:
        """The address of this list with these changes; what is as it begins is left out."""
        other = replace(self, **changes)
        told = {
            "search": other.search,
            **other.chosen,
            "sort": "" if other.sort == begins else other.sort,
            "page": "" if other.page == 1 else str(other.page),
            "tick": other.tick,
            "file": other.file,
        }
        return {name: value for name, value in told.items() if value}


def read(
    address: Mapping[str, str], filters: Collection[str], sorts: Collection[str], sort: str
) -> ListAddress:
    """What an address asks, of a list with these filters and these columns to sort by."""
    wanted, page, file = address.get("sort", ""), address.get("page", ""), address.get("file", "")
    return ListAddress(
        search=printable(address.get("search", ""))[:LONGEST_TYPED].strip(),
        chosen={name: address[name] for name in filters if address.get(name)},
        sort=wanted if wanted.removeprefix(BACKWARDS) in sorts else sort,
        page=_page(page),
        tick=tick if (tick := address.get("tick", "")) in (PAGE, ALL) else "",
        file=file if file in FILES else "",
    )


def last_page(count: int) -> int:
    """The number of the last page; an empty list has one too."""
    return max(1, -(-count // PAGE_SIZE))


def _page(text: str) -> int:
    plain = text.isascii() and text.isdecimal() and len(text) <= len(str(MOST_PAGES))
    return min(max(int(text), 1), MOST_PAGES) if plain else 1

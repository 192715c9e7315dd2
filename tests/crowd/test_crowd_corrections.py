"""A correction that takes away more than was counted leaves nobody, and no error."""

from app.crowd.rules.estimates import Passages, crowd, visits


def test_nobody_is_left_where_more_is_taken_away_than_was_counted() -> None:
    taken = Passages(-20, 3)
    assert (crowd(taken).inside, crowd(taken).low, crowd(taken).high) == (0, 0, 0)
    assert visits(Passages(-20, -3)).number == 0

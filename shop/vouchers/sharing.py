"""Sharing a sum over several orders to the đồng."""

from collections.abc import Sequence


def shares(amount: int, goods: Sequence[int], room: Sequence[int]) -> list[int]:
    """Share `amount` đồng in proportion to `goods`, no share above its `room`; they add up to the amount.

    By largest remainder (Hamilton): each gets the whole part of its proportion, the đồng that are left go one each to
    the largest remainders, ties to the first. What one has no room for is shared anew among the others; where there
    is less room than `amount`, all of the room is used.
    """
    found, left = [0] * len(goods), min(amount, sum(room))
    while left > 0:
        free = [place for place, most in enumerate(room) if found[place] < most and goods[place] > 0]
        if not free:
            break
        for place, part in zip(free, _parts(left, [goods[place] for place in free]), strict=True):
            taken = min(part, room[place] - found[place])
            found[place] += taken
            left -= taken
    return found


def _parts(amount: int, weights: Sequence[int]) -> list[int]:
    whole = sum(weights)
    parts = [amount * weight // whole for weight in weights]
    by_remainder = sorted(range(len(weights)), key=lambda place: (-(amount * weights[place] % whole), place))
    for place in by_remainder[: amount - sum(parts)]:
        parts[place] += 1
    return parts

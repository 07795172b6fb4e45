"""How wide the columns of a list are: each as it was meant; what the screen has to spare goes to words cut short."""

from __future__ import annotations

from collections.abc import Sequence


def widened(meant: Sequence[int], needed: Sequence[int], long: int, least: int, room: int) -> list[int]:
    """Widths in pixels of columns that were ``meant`` so wide and whose words ``needed`` so much, for ``room``.

    Whoever lacks least is served first, so that one endless word starves nobody. The ``long`` column takes what is
    left over and gives way to ``least`` where room is short. A list that must be scrolled sideways in any case cuts
    nothing short that fits into twice its width.
    """
    if sum(meant) - meant[long] > room:
        return [max(width, min(need, 2 * width)) for width, need in zip(meant, needed, strict=True)]
    widths = list(meant)
    spare = room - sum(widths)
    lacking = sorted((need - width, place) for place, (need, width) in enumerate(zip(needed, widths, strict=True)))
    waiting = [(lack, place) for lack, place in lacking if lack > 0]
    while waiting and spare > 0:
        lack, place = waiting.pop(0)
        given = min(lack, spare // (len(waiting) + 1))
        widths[place] += given
        spare -= given
    widths[long] = max(least, widths[long] + spare)
    return widths

"""Two people at one text: who writes over something he has not seen is told of it, and what stands there now."""

from __future__ import annotations

from crm_desktop.domain.errors import ChangedMeanwhile

_SHOWN = 60


def check_seen(seen: str | None, stored: str, what: str) -> None:
    """``seen`` is what stood there when he began to write; None where he was shown nothing.

    :raises ChangedMeanwhile: somebody stored something else meanwhile; the sentence tells it.
    """
    if seen is None or seen.strip() == stored.strip():
        return
    told = " ".join(stored.split())
    told = told if len(told) <= _SHOWN else f"{told[:_SHOWN]}…"
    now = f"现在存的是“{told}”" if told else "现在是空的"
    raise ChangedMeanwhile(f"{what}刚被别人改过，{now}；您写的还在，请对照后再保存。")

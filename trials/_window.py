"""A hand that knows no purpose, in the real window: whatever can be pressed, chosen or typed into, and each slot of
ours breaks the first time it is called.

Run as a process of its own: ``python -m trials._window HOME ACTIONS SEED broken|whole``; the last line it prints is its
figures. ``whole`` breaks no slot: then the log has to stay empty.
"""

from __future__ import annotations

import ast
import faulthandler
import json
import random
import sys
from collections.abc import Callable
from importlib.machinery import SourceFileLoader
from inspect import Parameter, signature
from pathlib import Path
from types import CodeType, MethodType
from typing import Any

_BROKEN = "planted: 13877766655 鸾翙"
_HANGS = 600
"""Seconds after which it says where it stands and ends."""
_PIN, _PERSON = "2468", "服务总监"
_slots: dict[tuple[str, int], int] = {}
"""How often each slot was called, by the place of its function."""


class _Arming(ast.NodeTransformer):
    """``signal.connect(slot)`` becomes ``signal.connect(__breaking__(slot))``; so does ``disconnect``."""

    def visit_Call(self, node: ast.Call) -> ast.AST:
        self.generic_visit(node)
        if isinstance(node.func, ast.Attribute) and node.func.attr in ("connect", "disconnect") and node.args:
            slot = node.args[0]
            node.args[0] = ast.copy_location(
                ast.Call(ast.copy_location(ast.Name("__breaking__", ast.Load()), slot), [slot], []), slot
            )
        return node


def _compiled(loader: SourceFileLoader, data: Any, path: Any, *, _optimize: int = -1) -> CodeType:
    tree = ast.parse(data, path)
    if "crm_desktop/gui" in Path(path).as_posix() or "crm_desktop/app" in Path(path).as_posix():
        tree = ast.fix_missing_locations(_Arming().visit(tree))
    return compile(tree, path, "exec", dont_inherit=True, optimize=_optimize)


def _breaking(slot: Any) -> Any:
    """The slot with a fault in its first call; what is not a Python method of ours stays as it is."""
    if not isinstance(slot, MethodType):
        return slot
    owner, name = slot.__self__, f"breaking_{slot.__name__}"
    if not hasattr(slot.__func__, "__code__"):
        return slot
    if not hasattr(type(owner), name):  # Qt knows a slot by its name in the class, and its sender() with it
        setattr(type(owner), name, _broken_once(slot.__func__, name))
    return getattr(owner, name)


def _broken_once(function: Callable[..., Any], name: str) -> Callable[..., Any]:
    code = function.__code__
    place = (code.co_filename, code.co_firstlineno)
    kinds = [one.kind for one in signature(function).parameters.values()]
    most = len(kinds) if Parameter.VAR_POSITIONAL not in kinds else sys.maxsize

    def called(self: Any, *args: Any) -> Any:
        _slots[place] = _slots.get(place, 0) + 1
        if _slots[place] == 1:
            raise RuntimeError(_BROKEN)
        return function(self, *args[: most - 1])

    called.__name__ = name
    return called


def main() -> int:
    """Exit status 0 when the window lived through it."""
    faulthandler.dump_traceback_later(_HANGS, exit=True)
    home, actions, seed = Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3])
    sys.dont_write_bytecode, sys.pycache_prefix = True, str(home.parent / "no-cache")
    if sys.argv[4] == "broken":
        SourceFileLoader.source_to_code = _compiled  # type: ignore[method-assign, assignment]
    import builtins  # noqa: PLC0415 - before the window's modules

    builtins.__breaking__ = _breaking  # type: ignore[attr-defined]
    from trials._hand import Hand  # noqa: PLC0415 - behind the arming

    hand = Hand(home, actions, random.Random(seed))  # noqa: S311 - what to press is no secret
    unheard = len(_slots)  # nobody listens before the window stands
    hand.sit_down(_PERSON, _PIN)
    done = hand.work()
    print(json.dumps({"slots": len(_slots) - unheard, **done}))
    return 0


if __name__ == "__main__":
    sys.exit(main())

"""The automation door (interface.md section 4): JSON lines in, JSON lines out, over the services the window uses.

``serve`` is the loop; a line becomes a ``Wish`` (``wishes``), its operation is looked up in the ``catalogue``, its
arguments are read by the type hints of the verb (``values``), and the answer leaves only after COMMIT. What
interface.md fixes by name stands in ``fixed`` and ``papers``; every other verb of the services is offered as it is.
"""

"""The room 回访: whom to call, and what came of it."""

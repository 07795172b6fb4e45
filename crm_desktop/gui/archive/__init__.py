"""存档与销毁: what waits to be filed, where each paper lies, what may be disposed of, and the record of what was."""

"""The room 规则 behind 设置: what the dealership may set for itself, tried out beside it, and the procedure to read."""

"""使用手册 in a window of its own beside the desk: it holds no text of people, so it stands there locked or not."""

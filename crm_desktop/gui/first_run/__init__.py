"""首次设置: the questions of the first start, one page each; nothing is written before the last of them."""

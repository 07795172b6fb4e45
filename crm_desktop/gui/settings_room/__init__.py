"""设置: the dealership on every print, the numbers of the papers, the staff."""

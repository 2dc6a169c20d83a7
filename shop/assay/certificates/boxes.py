"""A place on a page, for pages of any size."""

Box = tuple[int, int, int, int]  # left, top, right, bottom as thousandths of the page

"""The programme file: read, judged and calculated. All that is wrong in it is said at once, with line and column."""

"""The years a programme may lie in: any other is a slip of the pen, and time arithmetic stays far from its ends."""

FIRST_YEAR, LAST_YEAR = 2000, 2100

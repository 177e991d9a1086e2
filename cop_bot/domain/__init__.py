"""What a Community of Practice is: the nouns and the decisions. No input or output."""

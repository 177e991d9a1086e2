"""Words: languages, stop words, quotes, and what wording gives away; knows nothing of sessions."""

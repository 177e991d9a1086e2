"""`cop summarise FILE`: the summarisers over statements in a file, without programme, platform or database."""

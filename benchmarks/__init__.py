"""Programs that measure; no part of the bot, and no test waits for them."""

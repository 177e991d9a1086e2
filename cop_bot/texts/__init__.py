"""Every sentence that the bot says and every word that people may type. Pure: from the domain to a Message."""

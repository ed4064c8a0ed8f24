"""Pages of people: log in, my account, and the administration of accounts."""

"""The law as pure functions of dated tables: no database, no web, no clock."""

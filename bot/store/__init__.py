"""What must survive a restart: tables, transactions, migrations. One small module a table."""

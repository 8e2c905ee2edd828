"""The texts of the knowledge for translators: what is missing, as a spreadsheet, and back into the YAML."""

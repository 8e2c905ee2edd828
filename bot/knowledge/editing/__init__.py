"""Changes single values in the YAML of a knowledge folder, and leaves every other byte as it was."""

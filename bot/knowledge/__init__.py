"""A folder of YAML files becomes a checked, immutable Knowledge."""

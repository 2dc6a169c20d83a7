"""The commands: each a few lines onto a service."""

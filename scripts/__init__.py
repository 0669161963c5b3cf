"""What people and the code host run beside build_site.py: `python -m scripts.NAME` from the root of the repository."""

"""SICP: drafting, running, following and publishing public contracts."""

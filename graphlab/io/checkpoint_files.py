"""Opens checkpoints of either format."""

from __future__ import annotations

from pathlib import Path

from graphlab.io.bundle_entries import index_name
from graphlab.io.bundle_reader import BundleReader
from graphlab.io.slices_reader import SlicesReader

CheckpointFile = BundleReader | SlicesReader


def open_checkpoint(prefix: str) -> CheckpointFile:
    """Returns the checkpoint at a path; see the two readers for the errors."""
    is_first_format = Path(prefix).is_file() and not Path(index_name(prefix)).exists()
    return SlicesReader(prefix) if is_first_format else BundleReader(prefix)

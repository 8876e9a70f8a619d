"""Makes one checkpoint of several whose data files stay apart: the last step of saving in shards."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from graphlab.graph import errors
from graphlab.io.bundle_entries import Entry, data_name, index_name
from graphlab.io.bundle_reader import BundleReader
from graphlab.io.bundle_writer import remove_data, stored_shards, write_index
from graphlab.io.durable_files import locked_folder, sync_folder


def merge_bundles(parts: Sequence[str], target: str, allow_missing: bool = False) -> None:
    """Moves the data files of checkpoints of one shard each to `target` and writes a common index there.

    Args:
        parts: the prefixes of the checkpoints, which are gone afterwards.
        target: the prefix of the checkpoint to make.
        allow_missing: leaves out parts that are not there.

    Raises:
        tf.errors.NotFoundError: a part is not there.
        tf.errors.InvalidArgumentError: two parts have a tensor of the same name.
        OSError: a file cannot be moved or written.
    """
    present = [part for part in parts if not allow_missing or Path(index_name(part)).exists()]
    entries: dict[str, Entry] = {}
    for shard, part in enumerate(present):
        reader = BundleReader(part)
        for name, entry in reader.entries.items():
            if name in entries:
                raise errors.InvalidArgumentError(None, None, f"Two shards of {target} have a tensor {name}.")
            entries[name] = replace(entry, shard=shard)
    with locked_folder(Path(target).parent, leftovers_of=f"{Path(target).name}."):
        # Data files of the checkpoint that is there must stay until the index switches, so the new ones get other names.
        shards = len(present)
        if stored_shards(target) == shards:
            shards += 1
        kept = {data_name(target, shard, shards) for shard in range(len(present))}
        for part, name in zip(present, sorted(kept), strict=True):
            os.replace(data_name(part, 0, 1), name)  # noqa: PTH105  tests make it fail
        sync_folder(Path(target).parent)
        write_index(target, entries, shards)
        remove_data(target, kept)
    for part in present:
        Path(index_name(part)).unlink(missing_ok=True)

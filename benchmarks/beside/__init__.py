"""What the benchmarks share: an office of many, and the peers they are measured beside."""

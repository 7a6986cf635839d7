"""Environment variables for the grader's processes that work on arrays; they are read when a process starts."""

# Layers come and go by the hundred: from the heap, in huge pages, and kept for the next pass. Fresh pages
# from the system for each would cost more than the arithmetic does.
_MALLOC = {"hugetlb": 1, "mmap_threshold": 32 << 20, "trim_threshold": 256 << 20}

# One thread each: more threads than cores make all of them slower.
ENVIRONMENT = {f"{name}_NUM_THREADS": "1" for name in ("OPENBLAS", "OMP", "MKL", "NUMEXPR", "BLIS")} | {
    "GLIBC_TUNABLES": ":".join(f"glibc.malloc.{name}={value}" for name, value in _MALLOC.items())
}

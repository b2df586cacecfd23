import os

# Where kernels are not wanted they were not built either.
collect_ignore = ["test_kernels.py"] if os.environ.get("WARPVIZ_PURE", "") not in ("", "0") else []

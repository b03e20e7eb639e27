"""Where publications are built: on this machine, or by the workers of a Dask scheduler."""

"""Facts and figures of the Dutch programme for a circular manufacturing industry (UPCM), from source to publication."""

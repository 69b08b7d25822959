"""Compare two schemas as sets of accepted values, whatever way they are written."""

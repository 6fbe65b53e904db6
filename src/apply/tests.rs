//! Files are read, taken and written.

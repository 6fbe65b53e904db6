//! One test binary for everything that needs the house put together.

mod portal;

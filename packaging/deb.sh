#!/bin/sh
# Makes a Debian package in target/debian: packaging/deb.sh [OPTION OF CARGO DEB]...
#
# Needs cargo-deb (cargo install cargo-deb --locked) and dpkg-dev. What goes where stands in Cargo.toml under
# [package.metadata.deb].
set -eu
cd "$(dirname "$0")/.."

cargo build --locked --release
mkdir -p target/completions
target/release/frontdesk completions bash >target/completions/frontdesk
target/release/frontdesk completions zsh >target/completions/_frontdesk
target/release/frontdesk completions fish >target/completions/frontdesk.fish
exec cargo deb --no-build "$@"

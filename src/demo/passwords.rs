//! Passwords for the demonstration: five short words drawn at random, easy to type and never the same twice.

use data_encoding::HEXLOWER;

use crate::error::{Error, Result};
use crate::secret::{self, Secret};

/// A hundred and twenty-eight words: each is seven random bits.
const WORDS: &str = "\
    acorn amber anchor apple arrow badge bagel bamboo barrel basil beacon berry birch blanket bottle bridge \
    brook brush bucket button cabin cactus candle canoe carpet castle cedar cello chalk cherry circle clover \
    cobalt cocoa copper coral cotton cradle crane crayon daisy desert dragon drum eagle ember falcon feather \
    fern fiddle finch flint flute forest fossil garden ginger globe granite grape gravel hammer harbor harvest \
    hazel hedge heron honey ivory jacket jasmine jungle kettle kite ladder lagoon lantern lemon lichen lilac \
    linen lobster magnet mango maple marble meadow melon mint mirror mitten moss mustard needle nutmeg oasis \
    olive onion orchid otter oyster paddle panda paper parrot peach pebble pepper pigeon pillow pine planet \
    plum pocket poplar puzzle quartz rabbit raven ribbon river rocket saddle salmon sandal saturn sparrow violin";

/// A new password: 35 random bits, behind a door that counts failures.
pub(super) fn draw() -> Result<Secret> {
    let words: Vec<&str> = WORDS.split_whitespace().collect();
    let random = HEXLOWER.decode(secret::hash(&secret::random_token()?).as_bytes()).map_err(Error::internal)?;
    let chosen: Vec<&str> = random.iter().take(5).map(|byte| words[usize::from(*byte) % words.len()]).collect();
    Ok(Secret::new(chosen.join("-")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_word_is_as_likely_as_any_other() {
        let mut words: Vec<&str> = WORDS.split_whitespace().collect();
        words.sort_unstable();
        words.dedup();
        assert_eq!(words.len(), 128);
        assert_ne!(draw().expect("random").expose(), draw().expect("random").expose());
    }
}

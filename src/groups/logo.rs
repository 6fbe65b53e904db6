//! A group's logo: PNG, JPEG or WebP by its first bytes, small, never decoded by us.

use data_encoding::HEXLOWER;
use imagesize::ImageType;
use sha2::{Digest, Sha256};

use crate::error::{Error, Kind, Result};

/// The largest logo file, in bytes.
pub const LOGO_LIMIT: usize = 256 * 1024;

/// The longest side of a logo, in pixels.
const SIDE_LIMIT: usize = 2000;

/// A picture that may stand in the portal's header.
#[derive(Clone, Debug, PartialEq)]
pub struct Logo {
    /// What it is served as.
    pub media_type: String,
    /// Its SHA-256, by which its address changes when it does.
    pub hash: String,
    /// Pixels across.
    pub width: i64,
    /// Pixels down.
    pub height: i64,
    /// The file itself.
    pub bytes: Vec<u8>,
}

/// What a page says of a logo, without the picture itself.
#[derive(Clone, Debug, PartialEq)]
pub struct LogoFacts {
    /// Its SHA-256.
    pub hash: String,
    /// Pixels across.
    pub width: i64,
    /// Pixels down.
    pub height: i64,
}

impl Logo {
    /// Looks at the bytes of a file that is known by a name.
    pub fn parse(bytes: Vec<u8>, name: &str) -> Result<Self> {
        let refuse = |why: String| Err(Error::new(Kind::Data, format!("the logo '{name}' {why}")).at("logo"));
        if bytes.len() > LOGO_LIMIT {
            return refuse(format!("has {} bytes; at most {LOGO_LIMIT} are taken", bytes.len()));
        }
        let media_type = match imagesize::image_type(&bytes) {
            Ok(ImageType::Png) => "image/png",
            Ok(ImageType::Jpeg) => "image/jpeg",
            Ok(ImageType::Webp) => "image/webp",
            _ => return refuse("is not a PNG, JPEG or WebP picture".into()),
        };
        let Ok(size) = imagesize::blob_size(&bytes) else {
            return refuse("does not say how large it is".into());
        };
        if size.width > SIDE_LIMIT || size.height > SIDE_LIMIT || size.width == 0 || size.height == 0 {
            return refuse(format!(
                "is {} by {} pixels; at most {SIDE_LIMIT} by {SIDE_LIMIT} are taken",
                size.width, size.height
            ));
        }
        Ok(Self {
            media_type: media_type.into(),
            hash: HEXLOWER.encode(&Sha256::digest(&bytes)),
            width: size.width as i64,
            height: size.height as i64,
            bytes,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The head of a PNG that says it is so large.
    fn png(width: u32, height: u32) -> Vec<u8> {
        let mut bytes = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR".to_vec();
        bytes.extend(width.to_be_bytes());
        bytes.extend(height.to_be_bytes());
        bytes.extend([8, 6, 0, 0, 0, 0, 0, 0, 0]);
        bytes
    }

    #[test]
    fn only_small_pictures_are_logos() {
        let logo = Logo::parse(png(300, 80), "nordkyl.png").expect("a logo");
        assert_eq!((logo.media_type.as_str(), logo.width, logo.height), ("image/png", 300, 80));
        for (bytes, why) in [
            (png(20_000, 20_000), "is 20000 by 20000 pixels"),
            (b"<svg xmlns='http://www.w3.org/2000/svg'/>".to_vec(), "is not a PNG"),
            (b"<html>".to_vec(), "is not a PNG"),
            (vec![0; LOGO_LIMIT + 1], "has 262145 bytes"),
            (Vec::new(), "is not a PNG"),
        ] {
            let error = Logo::parse(bytes, "x.png").expect_err(why);
            assert!(error.message().contains(why), "{error}");
        }
    }
}

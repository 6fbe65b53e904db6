//! On a full disk a backup leaves nothing behind, and the ones from before stay.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::cli::backup::{data, made, sums, with_things};

/// A small file system of its own, where the machine lets us have one.
struct Disk(PathBuf);

impl Disk {
    fn mount(at: &Path, size: &str) -> Option<Self> {
        fs::create_dir_all(at).expect("a folder");
        let mounted = Command::new("mount")
            .args(["-t", "tmpfs", "-o", &format!("size={size},mode=700"), "tmpfs"])
            .arg(at)
            .output();
        mounted.is_ok_and(|done| done.status.success()).then(|| Self(at.to_owned()))
    }

    fn resize(&self, size: &str) {
        let done = Command::new("mount").args(["-o", &format!("remount,size={size}")]).arg(&self.0).status();
        assert!(done.expect("mount").success());
    }
}

impl Drop for Disk {
    fn drop(&mut self) {
        let _ = Command::new("umount").arg("-l").arg(&self.0).status();
    }
}

fn names(folder: &Path) -> Vec<String> {
    let mut names: Vec<_> = fs::read_dir(folder)
        .expect("a folder")
        .map(|entry| entry.expect("an entry").file_name().to_string_lossy().into_owned())
        .collect();
    names.retain(|name| name != ".checked.json");
    names.sort();
    names
}

#[test]
fn a_full_disk_leaves_no_half_backup() {
    let world = with_things();
    let Some(disk) = Disk::mount(&world.path().join("usb"), "8m") else { return };
    let first = made(&world, "usb");
    let own = fs::metadata(data(&world).join("frontdesk.db")).expect("there").len();
    let before = sums(&data(&world));
    // Too small for the database; then large enough for it and too small for what comes after.
    for room in [own / 2, own + 1_024] {
        let hog = disk.0.join("hog");
        let _ = fs::remove_file(&hog);
        let free = rustix::fs::statvfs(&disk.0).expect("a disk");
        let free = free.f_bavail * free.f_frsize;
        fs::write(&hog, vec![0; usize::try_from(free - room.min(free)).expect("small")]).expect("filled");
        let large = world.file("large.pdf", [b"%PDF-1.7 ".as_slice(), &vec![7; 60_000]].concat());
        world.run(&format!("document add {} --customer 1042 --ensure", large.display()));
        let said = world.run("backup create usb --keep 1").fails(73, "usb");
        assert!(said.err.contains("make room there, or name another place"), "{said:?}");
        assert_eq!(names(&disk.0), [first.clone(), "hog".into()]);
    }
    assert!(sums(&data(&world)).len() >= before.len());
    world.run("backup verify --dir usb --all").well();
    // With room again it is made, and only then the old one goes.
    disk.resize("32m");
    let second = made(&world, "usb --keep 1");
    assert_eq!(names(&disk.0), [second.clone(), "hog".into()]);
    // A restore onto a disk that is too small is refused before it begins.
    let Some(small) = Disk::mount(&world.path().join("small"), "1m") else { return };
    world.run(&format!("backup restore {second} --dir usb --to small/data")).fails(73, "and the backup needs");
    assert_eq!(names(&small.0), Vec::<String>::new());
}

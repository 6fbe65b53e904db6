//! People of a world who have chosen a password.

use super::World;

/// The password of everybody who needs just one.
pub const PASSWORD: &str = "nine green kettles sing";

impl World {
    /// Nordkyl with two customers: 1042 has the places hus-a and hus-b, 1043 has hall.
    pub fn nordkyl_with_customers() -> Self {
        let world = Self::nordkyl();
        world.run("customer add 1042 --name 'Brf Fröjden' --prefix FRO").well();
        world.run("customer add 1043 --name 'Frost AB' --prefix FST").well();
        world.run("facility add hus-a --customer 1042 --name 'Hus A'").well();
        world.run("facility add hus-b --customer 1042 --name 'Hus B'").well();
        world.run("facility add hall --customer 1043 --name Hall").well();
        world
    }

    /// Makes a user who has chosen [`PASSWORD`]; `rest` says at which customer and with what.
    #[track_caller]
    pub fn user(&self, group: &str, email: &str, rest: &str) {
        let line = format!("user create {email} --group {group} --name 'Pat Lind' --link --json {rest}");
        let link = self.run(&line).well().json()["link"].as_str().expect("a link").to_owned();
        self.choose(group, link.trim_start_matches("https://portal.test"), PASSWORD);
    }

    /// Opens a link in a fresh browser and chooses a password behind it.
    #[track_caller]
    pub fn choose(&self, group: &str, link: &str, password: &str) {
        let mut visitor = self.visitor(group);
        let form = visitor.get(link).leads().to_owned();
        visitor.get(&form).has_status(200);
        visitor.post("/choose-password", &[("password", password)]).leads();
    }
}

//! Opens the application as the arguments say.

use std::io::IsTerminal;
use std::path::PathBuf;
use std::sync::Arc;

use app::clock::SystemClock;
use app::{KeeperChoice, Options, Seatledger};
use secrecy::SecretString;

use crate::args::{Arguments, Keeper};
use crate::failure::Failure;

/// The application on the data folder that is asked for.
pub fn seatledger(arguments: &Arguments) -> Result<Seatledger, Failure> {
    let data_dir = match &arguments.data_dir {
        Some(data_dir) => data_dir.clone(),
        None => app::default_data_dir()?,
    };
    at(arguments, data_dir)
}

/// The application on this data folder.
pub fn at(arguments: &Arguments, data_dir: PathBuf) -> Result<Seatledger, Failure> {
    let keeper = match arguments.vault {
        None => KeeperChoice::Auto,
        Some(Keeper::Os) => KeeperChoice::Os,
        Some(Keeper::File) => KeeperChoice::File,
    };
    let passphrase =
        std::env::var("SEATLEDGER_PASSPHRASE").ok().filter(|text| !text.is_empty()).map(SecretString::from);
    let options = Options { data_dir, keeper, passphrase, clock: Arc::new(SystemClock) };
    Ok(match arguments.command.as_of() {
        Some(day) => Seatledger::open_as_of(options, day)?,
        None => Seatledger::open(options)?,
    })
}

/// Asks for the passphrase where the vault needs one and none was given; only people can be asked.
pub fn unlock(seatledger: &Seatledger, arguments: &Arguments) -> Result<(), Failure> {
    let vault = seatledger.vault_status();
    let has_one = std::env::var_os("SEATLEDGER_PASSPHRASE").is_some_and(|text| !text.is_empty());
    let new = vault.state == "absent" && arguments.vault == Some(Keeper::File);
    let locked = vault.state == "locked" && vault.keeper == "passphrase";
    if has_one || !(new || locked) || !std::io::stderr().is_terminal() {
        return Ok(());
    }
    let prompt = if new { "New passphrase for the vault: " } else { "Passphrase of the vault: " };
    let typed =
        rpassword::prompt_password(prompt).map_err(|error| Failure::io("The passphrase could not be read", &error))?;
    let passphrase = SecretString::from(typed);
    if new {
        seatledger.vault_use_passphrase(&passphrase)?
    } else {
        seatledger.vault_unlock(&passphrase)?
    };
    Ok(())
}

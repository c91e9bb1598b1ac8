//! The command: a simulated Lucid account on loopback, for development and demonstrations. It serves until it is ended.

use std::io::Write;
use std::process::ExitCode;

use clap::Parser;
use jiff::civil::Date;
use lucid_sim::{Config, Fault, LicenseMode, LicenseValueType, PastEnd, RolesShape, Server, TokenKind, known_faults};

/// A simulated Lucid SCIM server with invented people, on loopback. A development and demo tool.
///
/// It can only be read, as Seatledger only reads: it takes no users, groups or licenses, so that nothing delays a new
/// user, and it has neither the audit log nor the document search that Lucid's Enterprise Shield adds.
#[derive(Debug, Parser)]
#[command(version, after_help = faults())]
#[expect(clippy::struct_excessive_bools, reason = "each is a flag of its own")]
struct Arguments {
    /// Port on 127.0.0.1; 0 takes a free one.
    #[arg(long, default_value_t = 0)]
    port: u16,
    /// The bearer token that is accepted.
    #[arg(long, env = "LUCID_SIM_TOKEN", hide_env_values = true, default_value = "00112233445566778899aabbccddeeff")]
    token: String,
    /// Which integration the token belongs to: admin lists organizational groups, content lists teams.
    #[arg(long, value_enum, default_value_t)]
    token_kind: TokenKind,
    /// The API key that the REST API (/v1) accepts.
    #[arg(
        long,
        env = "LUCID_SIM_REST_KEY",
        hide_env_values = true,
        default_value = "key-ffeeddccbbaa99887766554433221100"
    )]
    rest_key: String,
    /// Answer 403 to subscriptions and licenses of the REST API.
    #[arg(long)]
    no_rest_licenses: bool,
    /// Answer 403 to users of the REST API.
    #[arg(long)]
    no_rest_users: bool,
    /// The largest page of the REST API.
    #[arg(long, default_value_t = 200)]
    rest_page: u32,
    /// Show the opposite license in SCIM for so many people; the REST API and the groups tell the truth.
    #[arg(long, value_name = "PEOPLE", default_value_t = 0)]
    contradict: u32,
    /// Put the group of all licensed people inside one of its own subgroups.
    #[arg(long)]
    group_cycle: bool,
    /// People on the first day.
    #[arg(long, default_value_t = 250)]
    users: u32,
    /// About how many people 56 weeks later [default: as many].
    #[arg(long)]
    grow_to: Option<u32>,
    /// Same seed, same people.
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// The first day of the history.
    #[arg(long, default_value = "2025-10-27")]
    first_day: Date,
    /// The day to show [default: the first day].
    #[arg(long)]
    day: Option<Date>,
    /// How licenses show.
    #[arg(long, value_enum, default_value_t)]
    license_mode: LicenseMode,
    /// The JSON type of product licenses.
    #[arg(long, value_enum, default_value_t)]
    license_value_type: LicenseValueType,
    /// How roles are shaped.
    #[arg(long, value_enum, default_value_t)]
    roles_shape: RolesShape,
    /// The largest page.
    #[arg(long, default_value_t = 100)]
    max_count: u32,
    /// The page when no count is asked for.
    #[arg(long, default_value_t = 100)]
    default_count: u32,
    /// What a page past the end looks like.
    #[arg(long, value_enum, default_value_t)]
    past_end: PastEnd,
    /// List deactivated users too.
    #[arg(long)]
    include_inactive: bool,
    /// Requests a minute before 429 [default: no limit].
    #[arg(long)]
    rate_per_min: Option<u32>,
    /// Send Retry-After with that 429.
    #[arg(long)]
    retry_after: bool,
    /// Status for an unknown user.
    #[arg(long, default_value_t = 404)]
    missing_user_status: u16,
    /// Misbehave: NAME or NAME:N, from the list below.
    #[arg(long, value_name = "NAME[:N]")]
    fault: Option<Fault>,
}

fn faults() -> String {
    let rows = known_faults().iter().map(|known| format!("  {:<18}{}\n", known.fault.to_string(), known.about));
    format!("Faults, with their defaults:\n{}", rows.collect::<String>())
}

impl From<Arguments> for Config {
    fn from(arguments: Arguments) -> Self {
        Self {
            users: arguments.users,
            grow_to: arguments.grow_to,
            seed: arguments.seed,
            first_day: arguments.first_day,
            day: arguments.day,
            port: arguments.port,
            token: arguments.token,
            token_kind: arguments.token_kind,
            rest_key: arguments.rest_key,
            rest_licenses: !arguments.no_rest_licenses,
            rest_users: !arguments.no_rest_users,
            rest_page: arguments.rest_page,
            contradicted: arguments.contradict,
            group_cycle: arguments.group_cycle,
            license_mode: arguments.license_mode,
            license_value_type: arguments.license_value_type,
            roles_shape: arguments.roles_shape,
            max_count: arguments.max_count,
            default_count: arguments.default_count,
            past_end: arguments.past_end,
            include_inactive: arguments.include_inactive,
            rate_per_min: arguments.rate_per_min,
            retry_after: arguments.retry_after,
            missing_user_status: arguments.missing_user_status,
            fault: arguments.fault,
            ..Self::default()
        }
    }
}

fn main() -> ExitCode {
    let config = Config::from(Arguments::parse());
    let users = config.users;
    let server = match Server::start(config) {
        Ok(server) => server,
        Err(error) => {
            writeln!(std::io::stderr().lock(), "lucid-sim: {error}").ok();
            return ExitCode::FAILURE;
        }
    };
    // When nobody reads the output, the server serves all the same.
    say(&server, users).ok();
    loop {
        std::thread::park();
    }
}

fn say(server: &Server, users: u32) -> std::io::Result<()> {
    let mut out = std::io::stdout().lock();
    writeln!(out, "lucid-sim: a development and demo tool. {users} invented people as of {}.", server.day())?;
    writeln!(out, "Not made or endorsed by Lucid Software; nothing leaves this machine.")?;
    writeln!(out, "base URL: {}", server.base_url())?;
    writeln!(out, "REST base URL: {}", server.rest_base_url())?;
    out.flush()
}

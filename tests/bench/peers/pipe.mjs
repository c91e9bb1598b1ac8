// Node: fetch, JSON.parse, better-sqlite3; one prepared statement, one transaction.
// node pipe.mjs BASE_URL TOKEN DATABASE COUNT
import Database from "better-sqlite3";

const [base, token, path, count] = process.argv.slice(2);
const database = new Database(path);
database.exec(`CREATE TABLE user (id TEXT PRIMARY KEY, user_name TEXT, email TEXT, given_name TEXT, middle_name TEXT,
  family_name TEXT, display_name TEXT, active INTEGER, created TEXT, last_modified TEXT, department TEXT,
  cost_center TEXT, groups TEXT, products TEXT)`);
const add = database.prepare("INSERT INTO user VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");
const ENTERPRISE = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User";
const LUCID = "urn:ietf:params:scim:schemas:extension:lucid:2.0:User";

database.exec("BEGIN");
for (let start = 1; ; ) {
  const answer = await fetch(`${base}/Users?startIndex=${start}&count=${count}`, {
    headers: { authorization: `Bearer ${token}` },
  });
  if (!answer.ok) throw new Error(`status ${answer.status}`);
  const list = await answer.json();
  for (const user of list.Resources) {
    const enterprise = user[ENTERPRISE];
    const granted = Object.entries(user[LUCID]?.productLicenses ?? {}).filter(([, given]) => given);
    add.run(
      user.id,
      user.userName,
      user.emails?.[0]?.value ?? null,
      user.name?.givenName ?? null,
      user.name?.middleName ?? null,
      user.name?.familyName ?? null,
      user.displayName ?? null,
      user.active ? 1 : 0,
      user.meta?.created ?? null,
      user.meta?.lastModified ?? null,
      enterprise?.department ?? null,
      enterprise?.costCenter ?? null,
      (user.groups ?? []).map((group) => group.display).join("; "),
      granted.map(([product]) => product).join("; "),
    );
  }
  start += list.Resources.length;
  if (list.Resources.length === 0 || start > list.totalResults) break;
}
database.exec("COMMIT");

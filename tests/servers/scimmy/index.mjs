// Runs scimmy and scimmy-routers (npm) with made-up people, so that a SCIM server that others wrote can be read.
//
// Usage: SCIM_TOKEN=… node index.mjs PEOPLE
//
// Every first segment of a path is an account of its own, made on its first request: a test that changes one disturbs
// no other. The service is at /NAME/scim/v2; /NAME/requests tells how many requests it got. NAME may hold "small" (the
// first 150 people), "newest-first" (who joins is listed first) and "own-pages" (the handler cuts the page itself, as
// one does that asks a database).
import express from "express";
import SCIMMYRouters, { SCIMMY } from "scimmy-routers";

const token = process.env.SCIM_TOKEN;
const people = Number(process.argv[2]);

const PRODUCTS = ["Lucidchart", "Lucidspark", "LucidscaleCreator", "LucidscaleExplorer"];
const LUCID = "urn:ietf:params:scim:schemas:extension:lucid:2.0:User";
const ENTERPRISE = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User";
const GIVEN = ["Ada", "Zoë", "Åsa", "José", "Мария", "Nguyễn", "O'Neil"];
const FAMILY = ["Byrne", "Østergård", "de la Cruz", "Fujimoto 藤本", "Kowalski"];
const DEPARTMENTS = ["Design", "Engineering", "Finance", "People & Culture"];
const SMALL = 150;
const MADE = "2025-11-03T09:30:00Z";

const identifier = (n) => String((n * 7919) % 10007).padStart(5, "0");

// Person number n, from 1. crates/connect/tests/servers has the same rules in Rust, as the truth to compare with.
function person(n) {
    const [given, family] = [GIVEN[n % 7], `${FAMILY[n % 5]} ${n}`];
    const user = {
        userName: `person${n}@corp.example`,
        name: { givenName: given, familyName: family, formatted: `${given} ${family}` },
        active: n % 10 !== 0,
        [ENTERPRISE]: { department: DEPARTMENTS[n % 4], costCenter: `CC-${n % 9}` },
    };
    if (n % 4 !== 0) user.displayName = `${family}, ${given}`;
    if (n % 17 !== 0) {
        user.emails = [
            { value: `home${n}@private.example`, type: "home" },
            { value: `work${n}@corp.example`, type: "work", primary: n % 2 === 0 },
        ];
    }
    if (n % 45 !== 0) {
        const [Lucidchart, Lucidspark] = [n % 3 !== 0, n % 5 === 0];
        user[LUCID] = { productLicenses: { Lucidchart, Lucidspark, LucidscaleCreator: false, LucidscaleExplorer: true } };
    }
    return user;
}

class Account {
    requests = 0;
    created = 0;
    users = [];

    constructor(name) {
        this.newestFirst = name.includes("newest-first");
        this.ownPages = name.includes("own-pages");
        const last = name.includes("small") ? SMALL : people;
        for (let n = 1; n <= last; n++) this.add(person(n));
    }

    add(user) {
        const added = { ...user, id: identifier(++this.created), meta: { created: MADE, lastModified: MADE } };
        if (this.newestFirst) this.users.unshift(added);
        else this.users.push(added);
        return added;
    }

    at(id) {
        const index = this.users.findIndex((user) => user.id === id);
        if (index < 0) throw new SCIMMY.Types.Error(404, null, `Resource ${id} not found`);
        return index;
    }

    page(constraints) {
        if (!this.ownPages) return this.users;
        const { startIndex = 1, count = 20 } = constraints;
        constraints.totalResults = this.users.length;
        return this.users.slice(startIndex - 1, startIndex - 1 + count);
    }
}

const accounts = new Map();
const account = (request) => {
    const name = request.originalUrl.split("/")[1];
    if (!accounts.has(name)) accounts.set(name, new Account(name));
    return accounts.get(name);
};

const { Attribute, SchemaDefinition, Schema } = SCIMMY.Types;
const definition = new SchemaDefinition("Lucid", LUCID, "Lucid", [
    new Attribute("complex", "productLicenses", {}, PRODUCTS.map((name) => new Attribute("boolean", name))),
]);
class Lucid extends Schema {
    static get definition() {
        return definition;
    }
}

SCIMMY.Resources.declare(SCIMMY.Resources.User)
    .extend(SCIMMY.Schemas.EnterpriseUser, false)
    .extend(Lucid, false)
    .ingress((resource, user, of) => {
        if (!resource.id) return of.add(user);
        const index = of.at(resource.id);
        return (of.users[index] = { ...of.users[index], ...user });
    })
    .egress((resource, of) => (resource.id ? of.users[of.at(resource.id)] : of.page((resource.constraints ??= {}))))
    .degress((resource, of) => void of.users.splice(of.at(resource.id), 1));

const authorized = (request) => {
    if (request.header("Authorization") !== `Bearer ${token}`) throw new Error("Unauthorized");
    return "";
};

const app = express();
app.get("/:account/requests", (request, response) => response.send(String(account(request).requests)));
app.use("/:account/scim/v2", (request, response, next) => {
    account(request).requests += 1;
    next();
});
app.use("/:account/scim/v2", new SCIMMYRouters({ type: "bearer", handler: authorized, context: account }));
const listening = app.listen(0, "127.0.0.1", () => {
    console.log(`base URL: http://127.0.0.1:${listening.address().port}`);
});

// Says which sittings may be chosen, and what their doors' hours are, as the phone does.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

const [scripts] = process.argv.slice(2);
const { choicesAt, doorsOfPhone } = await import(pathToFileURL(join(scripts, "devices/sessions.js")).href);
const { doors, own, times } = JSON.parse(readFileSync(0, "utf-8"));
const hours = doorsOfPhone(doors, own).terms.map(({ gate, opens, closes }) => [gate, opens, closes]);
const open = times.map((time) => choicesAt(doors, own, time).map(({ gate }) => gate));
process.stdout.write(JSON.stringify({ hours, open }));
